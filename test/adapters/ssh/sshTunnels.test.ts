import { createServer, get } from "node:http";
import { createServer as createPlain } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { sshTunnels } from "#adapters/ssh/sshTunnels.ts";
import type { SshLogin, Tunnel } from "#capabilities/tunnels.ts";
import { listening, never, rejection } from "#test/support/serving.ts";
import { newKey, type SshServer, type SshServerChoices, sshServer } from "#test/support/sshServer.ts";

const tunnels = sshTunnels();

async function server(choices: SshServerChoices = {}): Promise<SshServer> {
  const started = await sshServer({ password: "right", ...choices });
  onTestFinished(() => started.stop());
  return started;
}

/** Something behind the SSH server that says who asked for it by which name. */
async function behind(): Promise<number> {
  const { port, stop } = await listening(
    createServer((request, response) => response.end(`here is ${request.headers.host}`)),
  );
  onTestFinished(stop);
  return port;
}

interface Asked {
  readonly hostKey?: string | undefined;
  readonly login?: SshLogin;
  readonly to?: readonly number[];
  readonly signal?: AbortSignal;
}

async function open(port: number, asked: Asked): Promise<Tunnel> {
  const { hostKey, login = { password: "right" }, to = [], signal = never } = asked;
  const target = { host: "127.0.0.1", port, user: "pi" };
  const places = to.map((port) => ({ host: "127.0.0.1", port }));
  const tunnel = await tunnels.open({ target, login, hostKey, to: places }, signal);
  onTestFinished(() => tunnel.close());
  return tunnel;
}

const read = (port: number) =>
  new Promise<string>((resolve, reject) => {
    get({ host: "127.0.0.1", port, agent: false }, (response) => resolve(text(response))).on("error", reject);
  });

test("a port of this machine leads to the gateway behind the SSH server", async () => {
  const [one, other] = [await behind(), await behind()];
  const ssh = await server();

  const tunnel = await open(ssh.port, { hostKey: ssh.fingerprint, to: [one, other] });

  expect(tunnel.hostKey).toBe(ssh.fingerprint);
  const [first = 0, second = 0] = tunnel.localPorts;
  expect(await Promise.all([read(first), read(second), read(first)])).toEqual([
    `here is 127.0.0.1:${first}`,
    `here is 127.0.0.1:${second}`,
    `here is 127.0.0.1:${first}`,
  ]);
  await tunnel.close();
  await expect(read(first)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("an unknown host key is shown before anything is said of the user", async () => {
  const ssh = await server();

  const error = await rejection(open(ssh.port, { hostKey: undefined }));

  expect(error).toMatchObject({
    problems: [
      { code: "ssh.hostKeyUnconfirmed", host: `127.0.0.1:${ssh.port}`, fingerprint: ssh.fingerprint },
    ],
  });
  expect(ssh.tried).toEqual([]);
});

test("a changed host key stops everything", async () => {
  const before = await server();
  const ssh = await server();

  const error = await rejection(open(ssh.port, { hostKey: before.fingerprint }));

  expect(error).toMatchObject({
    fault: { code: "ssh.hostKeyChanged", kept: before.fingerprint, found: ssh.fingerprint },
  });
  expect(ssh.tried).toEqual([]);
});

test("a wrong password and a key that is not known there are refused", async () => {
  const ssh = await server({ publicKey: newKey().public });
  const hostKey = ssh.fingerprint;
  const refused = { fault: { code: "ssh.loginRefused", host: `127.0.0.1:${ssh.port}`, user: "pi" } };

  expect(await rejection(open(ssh.port, { hostKey, login: { password: "wrong" } }))).toMatchObject(refused);
  expect(await rejection(open(ssh.port, { hostKey, login: { key: newKey().private } }))).toMatchObject(
    refused,
  );
  expect(await rejection(open(ssh.port, { hostKey, login: {} }))).toMatchObject(refused);
});

test("a key, an encrypted key and a server that asks back all sign in", async () => {
  const pair = newKey();
  const locked = newKey("open");
  const byKey = await server({ publicKey: pair.public });
  const byLocked = await server({ publicKey: locked.public });
  const byDialogue = await server({ asksBack: true });

  await open(byKey.port, { hostKey: byKey.fingerprint, login: { key: pair.private } });
  await open(byLocked.port, {
    hostKey: byLocked.fingerprint,
    login: { key: locked.private, passphrase: "open" },
  });
  await open(byDialogue.port, { hostKey: byDialogue.fingerprint });

  expect(byDialogue.tried.at(-1)).toEqual({ method: "keyboard-interactive", password: "right" });
});

test("a key that cannot be used says why", async () => {
  const locked = newKey("open");
  const reason = async (login: SshLogin) =>
    ((await rejection(open(9, { hostKey: "SHA256:x", login }))) as { problems: object[] }).problems[0];

  expect(await reason({ key: locked.private })).toEqual({ code: "ssh.keyUnreadable", reason: "encrypted" });
  expect(await reason({ key: locked.private, passphrase: "shut" })).toMatchObject({ reason: "passphrase" });
  expect(await reason({ key: newKey().public })).toMatchObject({ reason: "public" });
  expect(await reason({ key: "no key at all" })).toMatchObject({ reason: "malformed" });
});

test("forwarding that the server forbids, and a gateway that is not there, are told apart", async () => {
  const strict = await server({ forwards: false });
  const ssh = await server();
  const { port, stop } = await listening(createPlain());
  await stop();
  const at = (from: SshServer) => open(from.port, { hostKey: from.fingerprint, to: [port] });

  expect(await rejection(at(strict))).toMatchObject({
    fault: { code: "ssh.forwardRefused", to: `127.0.0.1:${port}`, reason: "prohibited" },
  });
  expect(await rejection(at(ssh))).toMatchObject({ fault: { code: "ssh.forwardRefused", reason: "nobody" } });
});

test("why SSH is not reached is a word", async () => {
  const nobody = await listening(createPlain());
  await nobody.stop();
  const page = await listening(createServer((_, response) => response.end("<html>")));
  const rude = await listening(createPlain((socket) => socket.destroy()));
  const silent = await listening(createPlain());
  const hasty = sshTunnels({ openMs: 300, aliveMs: 1000 });
  const reason = async (port: number, host = "127.0.0.1") => {
    const plan = { target: { host, port, user: "pi" }, login: {}, hostKey: undefined, to: [] };
    return ((await rejection(hasty.open(plan, never))) as { fault: { reason: string } }).fault.reason;
  };

  const reasons = [
    await reason(nobody.port),
    await reason(page.port),
    await reason(rude.port),
    await reason(silent.port),
    await reason(22, "no.such.host.invalid"),
  ];
  for (const { stop } of [page, rude, silent]) await stop();

  expect(reasons).toEqual(["refused", "notSsh", "notSsh", "timeout", "nameUnknown"]);
});

test("a lost connection is told once, and its ports are gone", async () => {
  const to = [await behind()];
  const ssh = await server();
  const tunnel = await open(ssh.port, { hostKey: ssh.fingerprint, to });
  const lost = new Promise((resolve) => tunnel.onLost(resolve));

  ssh.cut();

  expect(await lost).toMatchObject({ fault: { code: "ssh.lost", host: `127.0.0.1:${ssh.port}` } });
  await expect.poll(() => rejection(read(tunnel.localPorts[0] ?? 0))).toMatchObject({ code: "ECONNREFUSED" });
});

test("closing is no loss, and cancelling ends the wait with its reason", async () => {
  const ssh = await server();
  const tunnel = await open(ssh.port, { hostKey: ssh.fingerprint });
  const silent = await listening(createPlain());
  onTestFinished(silent.stop);
  const stop = new AbortController();
  const reason = new Error("enough");
  let told = 0;
  tunnel.onLost(() => (told += 1));

  const opening = open(silent.port, { signal: stop.signal });
  stop.abort(reason);

  await expect(opening).rejects.toBe(reason);
  await tunnel.close();
  expect(told).toBe(0);
});
