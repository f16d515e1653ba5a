import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { brokers } from "#adapters/mqtt/brokers.ts";
import { type Mosquitto, startMosquitto } from "#test/support/mosquitto.ts";
import { listening, never, rejection } from "#test/support/serving.ts";
import { until } from "#test/support/until.ts";
import { brokerPlace } from "./brokerPlace.ts";

const far = brokers({ reachMs: 2000, answerMs: 400 });

describe("reaching a broker", () => {
  test("a name becomes addresses, an unknown one is named", async () => {
    expect(await far.resolve("127.0.0.1", never)).toEqual(["127.0.0.1"]);
    expect((await far.resolve("localhost", never)).length).toBeGreaterThan(0);
    await expect(far.resolve("no.such.host.invalid", never)).rejects.toMatchObject({
      fault: { code: "uplink.nameUnknown", host: "no.such.host.invalid" },
    });
  });

  test("a port that nobody listens on is refused", async () => {
    const server = await listening(createServer());
    const { port } = server;
    await server.stop();

    await expect(far.reach("127.0.0.1", port, never)).rejects.toMatchObject({
      fault: { code: "uplink.unreachable", host: "127.0.0.1", port, reason: "refused" },
    });
  });

  test("an open port is reached", async () => {
    const server = await listening(createServer());
    onTestFinished(() => server.stop());

    await far.reach("127.0.0.1", server.port, never);
  });
});

describe.each(["3.1.1", "5"] as const)("a session of MQTT %s", (version) => {
  let broker: Mosquitto;
  beforeAll(async () => {
    broker = await startMosquitto({
      users: { pump: "right" },
      acl: ["user pump", "topic readwrite open/#", "topic read sys/#"],
    });
  });
  afterAll(() => broker.stop());
  const place = () => brokerPlace({ ...broker, version, username: "pump", password: "right" });

  test.each([0, 1, 2] as const)("QoS %i comes back as it was sent", async (qos) => {
    const session = await far.connect(place(), never);
    const heard: unknown[] = [];
    session.onMessage(({ topic, payload, qos, retain }) => heard.push([topic, [...payload], qos, retain]));

    await session.subscribe("open/+", qos, never);
    await session.publish("open/a", new Uint8Array([0, 255, 10]), qos, false, never);
    await until(() => heard.length > 0, "the message");
    await session.close();

    expect(heard).toEqual([["open/a", [0, 255, 10], qos, false]]);
    expect(session.connectMs).toBeGreaterThan(0);
  });

  test("three hundred at once of QoS 2 all arrive, in order", async () => {
    const session = await far.connect(place(), never);
    const heard: string[] = [];
    session.onMessage((message) => heard.push(Buffer.from(message.payload).toString()));
    await session.subscribe("open/many", 2, never);
    const sent = Array.from({ length: 300 }, (_, n) => String(n));

    await Promise.all(sent.map((n) => session.publish("open/many", Buffer.from(n), 2, false, never)));
    await until(() => heard.length >= sent.length, "all messages");
    await session.close();

    expect(heard).toEqual(sent);
  });

  test("a wrong password is refused with the broker's number and a word", async () => {
    const refusal = await rejection(far.connect({ ...place(), password: "wrong" }, never));

    expect(refusal).toMatchObject({
      fault: {
        code: "uplink.connectRefused",
        host: broker.host,
        ...(version === "5"
          ? { reason: 0x87, cause: "notAuthorized" }
          : { reason: 5, cause: "notAuthorized" }),
      },
    });
  });

  test("closing ourselves is no fault, and later calls say that it is closed", async () => {
    const session = await far.connect(place(), never);
    const ends: unknown[] = [];
    session.onClose((error) => ends.push(error));

    await session.close();

    expect(ends).toEqual([undefined]);
    await expect(session.subscribe("open/a", 0, never)).rejects.toMatchObject({
      fault: { code: "uplink.closed" },
    });
    await expect(session.publish("open/a", new Uint8Array(), 1, false, never)).rejects.toMatchObject({
      fault: { code: "uplink.closed" },
    });
  });
});

describe("what a broker denies", () => {
  test("a publish that MQTT 5 refuses by name of the topic", async () => {
    const broker = await startMosquitto({ acl: ["topic read #"] });
    onTestFinished(() => broker.stop());
    const session = await far.connect(brokerPlace({ ...broker, version: "5" }), never);

    const refusal = await rejection(session.publish("closed/a", new Uint8Array([1]), 1, false, never));
    await session.close();

    expect(refusal).toMatchObject({
      fault: { code: "uplink.publishDenied", topic: "closed/a", reason: 0x87 },
    });
  });
});

describe("a session that ends without us", () => {
  test("tells its fault once and rejects what was under way", async () => {
    const broker = await startMosquitto();
    const session = await far.connect(brokerPlace(broker), never);
    const ends: unknown[] = [];
    session.onClose((error) => ends.push(error));

    const pending = rejection(session.publish("a", new Uint8Array(5_000_000), 1, false, never));
    await broker.stop();

    expect(await pending).toMatchObject({ fault: { code: "uplink.closed", host: "127.0.0.1" } });
    await until(() => ends.length > 0, "the end");
    expect(ends).toEqual([expect.objectContaining({ fault: { code: "uplink.closed", host: "127.0.0.1" } })]);
  });

  test("a broker that stops answering pings is noticed", async () => {
    const mute = await listening(
      createServer((socket) => socket.once("data", () => socket.write(Buffer.from("20020000", "hex")))),
    );
    onTestFinished(() => mute.stop());
    const session = await far.connect(brokerPlace({ port: mute.port, keepAliveSeconds: 1 }), never);
    const ends: unknown[] = [];
    session.onClose((error) => ends.push(error));

    await until(() => ends.length > 0, "the end");

    expect(ends).toMatchObject([{ fault: { code: "uplink.closed" } }]);
  });
});
