import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { Aedes } from "aedes";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import type { BrokerPlace, TlsLook } from "#capabilities/uplink.ts";
import { type Authority, makeAuthority } from "#test/support/certificates.ts";
import { type MosquittoChoices, startMosquitto } from "#test/support/mosquitto.ts";
import { listening, never, rejection } from "#test/support/serving.ts";
import { brokerPlace } from "./brokerPlace.ts";

const far = brokers({ reachMs: 2000, answerMs: 400 });

/** As a session would end: with the fault that a look at the certificate found. */
async function lookAt(place: BrokerPlace, signal: AbortSignal): Promise<TlsLook> {
  const look = await far.tls(place, signal);
  if (look.fault !== null) throw look.fault;
  return look;
}

describe("why TLS fails", () => {
  let folder: string;
  let authority: Authority;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lastmile-tls-"));
    authority = makeAuthority(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const start = async (choices: MosquittoChoices) => {
    const broker = await startMosquitto(choices);
    onTestFinished(() => broker.stop());
    return brokerPlace({ ...broker, tls: true, ca: authority.ca });
  };

  test("a good certificate shows its chain, and a session runs over it", async () => {
    const place = await start({ tls: authority.issue("good") });

    const look = await far.tls(place, never);
    const session = await far.connect(place, never);
    await session.close();

    expect(look.protocol).toBe("TLSv1.3");
    expect(look.chain[0]).toMatchObject({
      subject: "CN=good",
      issuer: "CN=Test authority, O=Test house",
      names: ["localhost", "127.0.0.1"],
      validFrom: Date.UTC(2020, 0, 1),
      validTo: Date.UTC(2049, 11, 31, 23, 59, 59),
    });
    expect(look.chain.at(-1)).toMatchObject({ subject: "CN=Test authority, O=Test house", known: true });
  });

  test.each([
    ["expired", { to: "20210101000000Z" }],
    ["notYetValid", { from: "20490101000000Z" }],
    ["addressNotNamed", { names: "DNS:other.example" }],
  ])("%s", async (cause, choices) => {
    const place = await start({ tls: authority.issue(cause, choices) });
    const refusal = { fault: { code: "uplink.tlsFailed", host: "127.0.0.1", cause } };

    await expect(lookAt(place, never)).rejects.toMatchObject(refusal);
    await expect(far.connect(place, never)).rejects.toMatchObject(refusal);
  });

  test("unknownAuthority, without the authority's certificate", async () => {
    const place = await start({ tls: authority.issue("good2") });

    await expect(lookAt({ ...place, ca: "" }, never)).rejects.toMatchObject({
      fault: { cause: "unknownAuthority" },
    });
  });

  test("clientCertificateRequired, in TLS 1.3 where the handshake itself succeeds", async () => {
    const tls = { ...authority.issue("mutual"), clientCaFile: authority.caFile };
    const place = await start({ tls });
    const refusal = { fault: { code: "uplink.tlsFailed", cause: "clientCertificateRequired" } };

    await expect(lookAt(place, never)).rejects.toMatchObject(refusal);
    await expect(far.connect(place, never)).rejects.toMatchObject(refusal);
  });

  test("clientCertificateRequired, in TLS 1.2", async () => {
    const tls = { ...authority.issue("mutual12"), clientCaFile: authority.caFile };
    const place = await start({
      tls,
      settings: ["tls_version tlsv1.2", "ciphers ECDHE-ECDSA-AES128-GCM-SHA256"],
    });

    await expect(lookAt(place, never)).rejects.toMatchObject({
      fault: { cause: "clientCertificateRequired" },
    });
  });

  test("weak, where only TLS 1.0 is spoken", async () => {
    const { certFile, keyFile } = authority.issue("old");
    const server = createTlsServer({
      cert: await readFile(certFile),
      key: await readFile(keyFile),
      minVersion: "TLSv1",
      maxVersion: "TLSv1",
      ciphers: "ALL@SECLEVEL=0",
    });
    const { port, stop } = await listening(server);
    onTestFinished(stop);

    const refusal = await rejection(lookAt(brokerPlace({ port, ca: authority.ca }), never));

    expect(refusal).toMatchObject({ fault: { cause: "weak" } });
  });

  test("notTls, where the port speaks plain MQTT", async () => {
    const place = await start({});

    await expect(lookAt(place, never)).rejects.toMatchObject({ fault: { cause: "notTls" } });
    await expect(far.connect(place, never)).rejects.toMatchObject({ fault: { cause: "notTls" } });
  });

  test("portIsTls, where a plain client meets TLS", async () => {
    const place = await start({ tls: authority.issue("reverse") });

    await expect(far.connect({ ...place, tls: false }, never)).rejects.toMatchObject({
      fault: { code: "uplink.connectRefused", cause: "portIsTls", reason: 0 },
    });
  });
});

describe("servers that are no brokers", () => {
  const start = async (server = createServer()) => {
    const { port, stop } = await listening(server);
    onTestFinished(stop);
    return brokerPlace({ port });
  };

  test("one that accepts and keeps still is silent, with TLS and without", async () => {
    const place = await start();

    await expect(far.connect(place, never)).rejects.toMatchObject({
      fault: { code: "uplink.connectRefused", cause: "silent" },
    });
    await expect(lookAt(place, never)).rejects.toMatchObject({
      fault: { code: "uplink.tlsFailed", cause: "silent" },
    });
  });

  test("one that hangs up is refused without a guess, one that talks HTTP is no broker", async () => {
    const rude = await start(createServer((socket) => socket.destroy()));
    const http = await start(createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")));

    for (const [place, cause] of [
      [rude, "other"],
      [http, "proxy"],
    ] as const)
      await expect(far.connect(place, never)).rejects.toMatchObject({
        fault: { code: "uplink.connectRefused", cause },
      });
  });

  test.each([
    [1, "protocolVersion"],
    [2, "clientIdRefused"],
    [3, "serverUnavailable"],
    [4, "badUser"],
    [5, "notAuthorized"],
  ])("CONNACK %i of MQTT 3.1.1 means %s", async (reason, cause) => {
    const place = await start(
      createServer((socket) => socket.once("data", () => socket.end(Buffer.from([0x20, 2, 0, reason])))),
    );

    await expect(far.connect(place, never)).rejects.toMatchObject({ fault: { reason, cause } });
  });

  test("cancelling ends a wait at once with the reason", async () => {
    const place = await start();
    const patient = brokers({ reachMs: 10_000, answerMs: 10_000 });
    const stop = new AbortController();
    const reason = new Error("enough");

    const waits = [patient.connect(place, stop.signal), patient.tls(place, stop.signal)].map(rejection);
    setTimeout(() => stop.abort(reason), 50);

    expect(await Promise.all(waits)).toEqual([reason, reason]);
    await expect(patient.reach(place.host, place.port, stop.signal)).rejects.toBe(reason);
    await expect(patient.resolve("localhost", stop.signal)).rejects.toBe(reason);
  });
});

describe("a denied subscription", () => {
  test("names its topic", async () => {
    const broker = await Aedes.createBroker();
    broker.authorizeSubscribe = (_, wanted, done) => done(null, wanted.topic === "closed" ? null : wanted);
    const { port, stop } = await listening(createServer(broker.handle));
    onTestFinished(async () => {
      await stop();
      broker.close();
    });
    const session = await far.connect(brokerPlace({ port }), never);

    await session.subscribe("open", 0, never);
    const refusal = await rejection(session.subscribe("closed", 0, never));
    await session.close();

    expect(refusal).toMatchObject({ fault: { code: "uplink.subscribeDenied", topic: "closed" } });
  });

  test("a topic that cannot be one is a problem of the input, and the session goes on", async () => {
    const broker = await startMosquitto();
    onTestFinished(() => broker.stop());
    const session = await far.connect(brokerPlace(broker), never);

    const refusal = await rejection(session.subscribe("a/#/b", 0, never));
    await session.subscribe("a/#", 0, never);
    await session.close();

    expect(refusal).toMatchObject({ problems: [{ code: "input.invalid" }] });
  });
});
