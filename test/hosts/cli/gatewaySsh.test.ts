import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printSite } from "#domain/site/siteFile.ts";
import { trainingSite } from "#simulator/trainingSite.ts";
import { securedGateway } from "#test/adapters/gateway/emptyGateway.ts";
import { makeAuthority, selfSigned } from "#test/support/certificates.ts";
import { buildProgram, type Program, startProgram } from "#test/support/program.ts";
import { newKey, type SshServer, sshServer } from "#test/support/sshServer.ts";
import { twoDesigns } from "#test/support/twoDesigns.ts";

const simulation = trainingSite();
const key = newKey("open sesame");
let program: Program;
let folder: string;
let url: string;
let ssh: SshServer;
let site: string;

beforeAll(async () => {
  const place = await simulation.start();
  url = place.gatewayUrl;
  program = await buildProgram("electron/hosts/cli/main.ts");
  folder = await mkdtemp(join(tmpdir(), "lastmile-test-"));
  ssh = await sshServer({ password: "right", publicKey: key.public });
  site = join(folder, "two.site.json");
  await writeFile(site, printSite(twoDesigns(place, url)[0]));
}, 60_000);
afterAll(async () => {
  await ssh?.stop();
  await simulation.stop();
  await program?.remove();
  await rm(folder, { recursive: true, force: true });
});

async function gateway(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { code, stdout, stderr } = await startProgram(program.path, ["gateway", ...words, "--json"], {
    LASTMILE_DATA: join(folder, "data"),
    LASTMILE_SSH_PASSWORD: "right",
    ...env,
  }).ended;
  if (stdout === "") throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as { failures?: { code: string; facts: object }[] }) };
}
const through = () => ["--ssh", `pi@localhost:${ssh.port}`];

test("without --host-key the fingerprint is printed to be confirmed; with it the tunnel opens", async () => {
  const unconfirmed = await gateway(["status", url, ...through()]);
  expect(unconfirmed).toMatchObject({
    code: 2,
    failures: [{ code: "ssh.hostKeyUnconfirmed", facts: { fingerprint: ssh.fingerprint } }],
  });
  expect(ssh.tried).toEqual([]);

  const open = await gateway(["status", url, ...through(), "--host-key", ssh.fingerprint]);
  expect(open).toMatchObject({ code: 0, version: "2.15.1" });
  expect(open.failures).toBeUndefined();
}, 60_000);

test("with a site the host key is pinned when it was confirmed once", async () => {
  const file = join(folder, "id_ed25519");
  await writeFile(file, key.private);
  const byKey = { LASTMILE_SSH_PASSPHRASE: "open sesame" };

  expect(await gateway(["diff", url, site, ...through()])).toMatchObject({ code: 2 });
  const confirmed = ["--ssh-key", file, "--host-key", ssh.fingerprint];
  expect(await gateway(["diff", url, site, ...through(), ...confirmed], byKey)).toMatchObject({ code: 1 });
  expect(await gateway(["diff", url, site, ...through()])).toMatchObject({ code: 1 });
}, 60_000);

test("what is wrong with the SSH account is an exit code and a word", async () => {
  const known = [...through(), "--host-key", ssh.fingerprint];

  expect(await gateway(["status", url, "--ssh", "localhost"])).toMatchObject({
    code: 2,
    failures: [{ code: "ssh.targetInvalid" }],
  });
  expect(await gateway(["status", url, ...known], { LASTMILE_SSH_PASSWORD: "wrong" })).toMatchObject({
    code: 3,
    failures: [{ code: "ssh.loginRefused" }],
  });
  expect(await gateway(["status", url, ...known, "--ssh-key", site])).toMatchObject({
    code: 2,
    failures: [{ code: "ssh.keyUnreadable" }],
  });
}, 60_000);

test("a certificate that this computer does not know is named, and trusted by --trust alone", async () => {
  const { url: secured, asked } = await securedGateway(selfSigned(folder, "gateway", "/CN=gateway"));

  const unknown = await gateway(["status", secured]);
  expect(unknown).toMatchObject({ code: 3, failures: [{ code: "gateway.certificateUntrusted" }] });
  const [failure] = unknown.failures ?? [];
  const { fingerprint = "" } = (failure?.facts ?? {}) as { fingerprint?: string };
  expect(asked).toEqual([]);

  expect(await gateway(["status", secured, "--trust", fingerprint])).toMatchObject({ code: 0 });
}, 60_000);

test("a certificate of an authority that is known here needs no trust, but for its own name", async () => {
  const authority = makeAuthority(folder);
  const known = { NODE_EXTRA_CA_CERTS: authority.caFile };
  const good = await securedGateway(authority.issue("good"));
  const other = await securedGateway(authority.issue("other", { names: "DNS:other.example" }));

  expect(await gateway(["status", good.url], known)).toMatchObject({ code: 0 });
  expect(await gateway(["status", other.url], known)).toMatchObject({
    code: 3,
    failures: [{ code: "gateway.certificateUntrusted", facts: { cause: "wrongName" } }],
  });
}, 60_000);

test("find asks a named host and says how long its answer took", async () => {
  const { code, stdout } = await startProgram(program.path, ["gateway", "find", "127.0.0.1"], {
    LASTMILE_DATA: join(folder, "data"),
  }).ended;

  expect(stdout).toMatch(/^Program +Version +Address +ms +Name +MAC$/m);
  // Whether a real gateway runs on this machine is not known here.
  expect([0, 1]).toContain(code);
}, 60_000);
