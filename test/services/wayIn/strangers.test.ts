import { createServer } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { neuronGateways } from "#adapters/gateway/neuron.ts";
import type { CallInput } from "#contract/contract.ts";
import { answering } from "#test/adapters/gateway/answering.ts";
import { securedGateway } from "#test/adapters/gateway/emptyGateway.ts";
import { makeAuthority, selfSigned } from "#test/support/certificates.ts";
import { listening } from "#test/support/serving.ts";
import { sshServer } from "#test/support/sshServer.ts";
import { thrown } from "#test/support/thrown.ts";
import { type TestWorkbench, testWorkbench } from "#test/support/trainingWorkbench.ts";

let bench: TestWorkbench;
beforeAll(async () => {
  bench = await testWorkbench({
    change: () => ({ gateways: neuronGateways({ answerMs: 3000, configMs: 3000 }) }),
  });
});
// A site of its own: a port that another test had before would be known as another gateway.
beforeEach(() => bench.call("site.create", { name: "Strangers", path: [] }));
afterAll(() => bench.close());

const signIn = (url: string, more: Partial<CallInput<"gateway.signIn">> = {}) =>
  bench.call("gateway.signIn", { url, user: "admin", password: "0000", ...more });

/** A port that speaks first, or answers whatever is said, with these bytes. */
async function speaking(bytes: string | Buffer): Promise<number> {
  const { port, stop } = await listening(
    createServer((socket) => {
      socket.once("data", () => socket.end(bytes));
    }),
  );
  onTestFinished(stop);
  return port;
}

test.each([
  ["bytes that are no HTTP", Buffer.from([0, 255, 7, 13, 10, 13, 10])],
  ["a line of another protocol", "220 mail.example ESMTP\r\n"],
  ["an HTTP head without end", `HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}`],
  ["a length that lies", "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{}"],
])("%s at the address is told as no gateway", async (_what, bytes) => {
  const fault = await thrown(signIn(`http://127.0.0.1:${await speaking(bytes)}`));

  expect(fault).toMatchObject({ code: "gateway.unreachable" });
  expect(bench.tables.gateway.items()).toEqual([]);
  expect(bench.tables.links.get("gateway")).toMatchObject({ state: "bad" });
});

test("an SSH server is no gateway, by http nor by https", async () => {
  const ssh = await sshServer({ password: "right" });
  onTestFinished(() => ssh.stop());

  expect(await thrown(signIn(`http://127.0.0.1:${ssh.port}`))).toMatchObject({ code: "gateway.unreachable" });
  expect(await thrown(signIn(`https://127.0.0.1:${ssh.port}`))).toMatchObject({
    code: "gateway.unreachable",
  });
});

test("50 MB in answer to the sign-in are not waited for", async () => {
  const { url } = await answering(() => ({ body: `"${"x".repeat(50 * 2 ** 20)}"` }));

  expect(await thrown(signIn(url))).toMatchObject({ code: "gateway.unexpected", reason: "tooLarge" });
});

test("http where https is meant, and the other way round, are told", async () => {
  const plain = await answering(() => ({ body: {} }));
  const secured = await securedGateway(selfSigned(bench.folder, "plain", "/CN=plain"));

  expect(await thrown(signIn(plain.url.replace("http:", "https:")))).toMatchObject({
    code: "gateway.unreachable",
  });
  expect(await thrown(signIn(secured.url.replace("https:", "http:")))).toMatchObject({
    code: "gateway.unreachable",
  });
  expect([...plain.asked, ...secured.asked]).toEqual([]);
});

test("why a certificate is not trusted is a word, and nothing is said to the gateway", async () => {
  const authority = makeAuthority(bench.folder);
  const expired = authority.issue("expired", { from: "20200101000000Z", to: "20210101000000Z" });
  const cases = [
    ["selfSigned", selfSigned(bench.folder, "own", "/CN=own")],
    ["unknownAuthority", authority.issue("gateway")],
    ["expired", expired],
  ] as const;

  for (const [cause, certificate] of cases) {
    const { url, asked } = await securedGateway(certificate);
    expect(await thrown(signIn(url))).toMatchObject({ code: "gateway.certificateUntrusted", cause });
    expect(asked).toEqual([]);
  }
});

test("a certificate that is exchanged while a person is signed in ends every exchange before a word", async () => {
  const [one, two] = ["one", "two"].map((name) => selfSigned(bench.folder, name, `/CN=${name}`));
  if (!one || !two) throw new Error("two certificates");
  const { url, asked, exchange } = await securedGateway(one);
  const { fingerprint } = (await thrown(signIn(url))) as { fingerprint: string };
  await signIn(url, { trust: fingerprint });

  exchange(two);
  const before = asked.length;
  const job = await bench.job("snapshot");

  expect(job.failure).toMatchObject({ code: "gateway.unreachable", facts: { url, reason: "certificate" } });
  expect(asked.length).toBe(before);
});

test("a clock that stands in 1970 is shown as such, and the session goes on", async () => {
  const { gatewayUrl } = await bench.simulation.start();
  bench.simulation.setFault("clock1970", true);
  onTestFinished(() => bench.simulation.stop());

  await signIn(gatewayUrl);

  const view = bench.tables.gateway.get("gateway");
  expect((view?.skewMs ?? 0) + Date.now()).toBeLessThan(86_400_000);
  expect(view?.defaultPassword).toBe(true);
  expect(await bench.job("snapshot")).toMatchObject({ state: "done" });
});
