import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { gatewayIdentities } from "#adapters/gateway/gatewayIdentities.ts";
import { listening } from "#test/support/serving.ts";
import { newKey, type SshServer, type SshServerChoices, sshServer } from "#test/support/sshServer.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench;
/** of the training site's gateway, as its own computer reaches it */
let url: string;
beforeAll(async () => {
  bench = await testWorkbench({
    // Were the way not the tunnel, another hardware address would be found each time.
    change: () => ({
      identities: gatewayIdentities(async () => new Map([["127.0.0.1", `${Math.random()}`]])),
    }),
  });
  url = (await bench.simulation.start()).gatewayUrl;
});
// A site of its own: a port that another test had before would be known as another gateway.
beforeEach(() => bench.call("site.create", { name: "Behind SSH", path: [] }));
afterAll(async () => {
  await bench.close();
  await bench.simulation.stop();
});

async function server(choices: SshServerChoices = {}): Promise<SshServer> {
  const started = await sshServer({ password: "right", ...choices });
  onTestFinished(() => started.stop());
  return started;
}

const account = ({ port }: SshServer, hostKey?: string, password = "right") => ({
  ...{ host: "localhost", port, user: "pi", password },
  ...(hostKey !== undefined && { hostKey }),
});
const signIn = (ssh: ReturnType<typeof account>, to = url) =>
  bench.call("gateway.signIn", { url: to, user: "admin", password: "0000", ssh });
const signedIn = () => bench.tables.gateway.get("gateway");
const known = () => `http://localhost:${new URL(url).port}`;

test("a gateway that listens to itself only is signed in to through SSH, its host key confirmed once", async () => {
  const hostKey = newKey().private;
  const ssh = await server({ hostKey });

  expect(await thrown(signIn(account(ssh)))).toEqual({
    code: "ssh.hostKeyUnconfirmed",
    host: `localhost:${ssh.port}`,
    fingerprint: ssh.fingerprint,
  });
  expect(signedIn()).toBeUndefined();
  await signIn(account(ssh, ssh.fingerprint));

  expect(signedIn()).toMatchObject({ url: known(), version: "2.15.1", defaultPassword: true });
  expect(ssh.asked[0]).toBe(`127.0.0.1:${new URL(url).port}`);
  const nodes = await bench.job("snapshot");
  expect(nodes.state).toBe("done");
  // Known from now on: nothing needs to be confirmed again.
  await signIn(account(ssh));
  expect(signedIn()?.url).toBe(known());
});

test("a changed host key stops everything until the new one is trusted", async () => {
  const first = await server();
  await signIn(account(first, first.fingerprint));
  await bench.call("gateway.signOut", {});
  const { port } = first;
  await first.stop();
  // Another computer takes the same address.
  const other = await sshServer({ password: "right", port });
  onTestFinished(() => other.stop());

  expect(await thrown(signIn(account(other)))).toMatchObject({
    ...{ code: "ssh.hostKeyChanged", host: `localhost:${port}` },
    ...{ kept: first.fingerprint, found: other.fingerprint },
  });
  expect(other.tried).toEqual([]);
  expect(bench.tables.links.get("gateway")).toMatchObject({
    state: "bad",
    failure: { code: "ssh.hostKeyChanged" },
  });
  await signIn(account(other, other.fingerprint));
  expect(signedIn()?.url).toBe(known());
});

test("a tunnel that is lost signs out and says so; signing out closes it", async () => {
  const ssh = await server();
  await signIn(account(ssh, ssh.fingerprint));

  ssh.cut();
  await expect
    .poll(() => bench.tables.links.get("gateway"))
    .toMatchObject({ state: "bad", failure: { code: "ssh.lost" } });
  expect(signedIn()).toBeUndefined();
  await signIn(account(ssh));
  expect(ssh.open()).toBe(1);
  await bench.call("gateway.signOut", {});

  await expect.poll(() => ssh.open()).toBe(0);
  expect(bench.tables.links.get("gateway")).toMatchObject({ state: "idle", failure: null });
});

test("what the SSH server refuses is told as such, and the gateway hears nothing", async () => {
  const ssh = await server();
  const strict = await server({ forwards: false });
  const nobody = await listening(createServer());
  await nobody.stop();
  const fails = (asked: Promise<unknown>) => thrown(asked);

  expect(await fails(signIn(account(ssh, ssh.fingerprint, "wrong")))).toMatchObject({
    code: "ssh.loginRefused",
    user: "pi",
  });
  expect(await fails(signIn(account(strict, strict.fingerprint)))).toMatchObject({
    ...{ code: "ssh.forwardRefused", reason: "prohibited" },
  });
  expect(await fails(signIn(account(ssh, ssh.fingerprint), `http://127.0.0.1:${nobody.port}`))).toMatchObject(
    { code: "ssh.forwardRefused", reason: "nobody", to: `127.0.0.1:${nobody.port}` },
  );
  expect(signedIn()).toBeUndefined();
  await expect.poll(() => ssh.open() + strict.open()).toBe(0);
});
