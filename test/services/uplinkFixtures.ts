import { readFile } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import { selfSigned } from "#test/support/certificates.ts";
import { freePort } from "#test/support/freePort.ts";
import { packetTypes } from "#test/support/rawBroker.ts";
import {
  aedes,
  brokerOf1970,
  connack,
  type Fixture,
  heldBack,
  host,
  mosquitto,
  mutual,
  raw,
  saying,
  secure,
  tlsServer,
  v5Broker,
  webSocket,
} from "./uplinkBrokers.ts";

const tlsFailed = (cause: string) => `tls uplink.tlsFailed ${cause}`;
const refused = (cause: string) => `connect uplink.connectRefused ${cause}`;

export const fixtures: readonly Fixture[] = [
  {
    name: "nobody listens",
    expect: "tcp uplink.unreachable refused",
    start: async () => ({ uplink: { host, port: await freePort() }, stop: async () => undefined }),
  },
  {
    name: "expired",
    expect: tlsFailed("expired"),
    start: (kit) => secure(kit, kit.authority.issue("expired", { to: "20210101000000Z" })),
  },
  {
    name: "not yet valid",
    expect: tlsFailed("notYetValid"),
    start: (kit) => secure(kit, kit.authority.issue("early", { from: "20490101000000Z" })),
  },
  {
    name: "this machine's clock in 1970",
    expect: tlsFailed("clockHere"),
    start: (kit) =>
      secure(kit, kit.authority.issue("early2", { from: "20490101000000Z" }), {}, { now: 86_400_000 }),
  },
  {
    name: "a certificate made by a clock in 1970",
    expect: tlsFailed("clockThere"),
    start: (kit) =>
      secure(kit, kit.authority.issue("old", { from: "19700101000200Z", to: "19800101000000Z" })),
  },
  { name: "the broker's clock in 1970", expect: tlsFailed("clockThere"), start: brokerOf1970 },
  {
    name: "wrong authority",
    expect: tlsFailed("unknownAuthority"),
    start: (kit) => secure(kit, kit.authority.issue("alien"), { ca: kit.other.ca }),
  },
  {
    name: "missing intermediate",
    expect: tlsFailed("missingIntermediate"),
    start: (kit) => secure(kit, kit.authority.between("Test works").issue("leaf")),
  },
  {
    name: "self-signed",
    expect: tlsFailed("selfSigned"),
    start: (kit) => secure(kit, selfSigned(kit.folder, "alone", "/CN=alone")),
  },
  {
    name: "wrong host name",
    expect: tlsFailed("wrongName"),
    start: (kit) => secure(kit, kit.authority.issue("elsewhere", { names: "DNS:other.example" })),
  },
  {
    name: "an address that the certificate does not name",
    expect: tlsFailed("addressNotNamed"),
    start: (kit) => secure(kit, kit.authority.issue("named", { names: "DNS:localhost" }), { host }),
  },
  {
    name: "client certificate required",
    expect: tlsFailed("clientCertificateRequired"),
    start: (kit) => mutual(kit, "nameless"),
  },
  {
    name: "client certificate of another authority",
    expect: tlsFailed("clientCertificateUnknown"),
    start: (kit) => {
      const client = kit.other.issue("stranger");
      return mutual(kit, "strange", client, client.keyFile);
    },
  },
  {
    name: "client certificate expired",
    expect: tlsFailed("clientCertificateExpired"),
    start: (kit) => {
      const client = kit.authority.issue("late", { to: "20210101000000Z" });
      return mutual(kit, "lately", client, client.keyFile);
    },
  },
  {
    name: "key of another certificate",
    expect: tlsFailed("keyMismatch"),
    start: (kit) => mutual(kit, "mixed", kit.authority.issue("one"), kit.authority.issue("two").keyFile),
  },
  {
    name: "no key on this computer",
    expect: tlsFailed("keyMissing"),
    start: (kit) => mutual(kit, "keyless", kit.authority.issue("unkeyed")),
  },
  {
    name: "weak protocol",
    expect: tlsFailed("weak"),
    start: (kit) =>
      tlsServer(kit, kit.authority.issue("weak"), {
        minVersion: "TLSv1",
        maxVersion: "TLSv1",
        ciphers: "ALL@SECLEVEL=0",
      }),
  },
  {
    name: "weak cipher, reached by address",
    expect: tlsFailed("weak"),
    start: (kit) =>
      tlsServer(
        kit,
        kit.authority.issue("weaker"),
        { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-NULL-SHA@SECLEVEL=0" },
        { host },
      ),
  },
  {
    name: "a name is needed and an address was given",
    expect: tlsFailed("sniNeeded"),
    start: async (kit) => {
      const { certFile, keyFile } = kit.authority.issue("several");
      const pair = { cert: await readFile(certFile), key: await readFile(keyFile) };
      const found = createSecureContext(pair);
      return tlsServer(kit, undefined, { SNICallback: (_, done) => done(null, found) }, { host });
    },
  },
  {
    name: "TLS tried at a plain port",
    expect: tlsFailed("notTls"),
    start: (kit) => mosquitto({}, { uplink: { tls: true, ca: kit.authority.ca } }),
  },
  {
    name: "plain tried at a TLS port",
    expect: refused("portIsTls"),
    start: (kit) => secure(kit, kit.authority.issue("reverse"), { tls: false, ca: "" }),
  },
  {
    name: "a proxy with its own certificate",
    expect: tlsFailed("proxy"),
    start: (kit) => tlsServer(kit, kit.other.issue("portal", { names: "DNS:portal.example" }), {}),
  },
  {
    name: "a proxy without encryption",
    expect: refused("proxy"),
    start: () => saying("HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n", "asked"),
  },
  {
    name: "something else than MQTT",
    expect: refused("notMqtt"),
    start: () => saying("SSH-2.0-x\r\n", "connected"),
  },
  {
    name: "a broker that keeps silent",
    expect: refused("silent"),
    start: () => raw({}),
  },
  {
    name: "bad user or password",
    expect: refused("badUser"),
    start: () =>
      aedes(
        (broker) => {
          broker.authenticate = (_client, _user, _password, done) =>
            done(Object.assign(new Error("who?"), { returnCode: 4 }), null);
        },
        { username: "pump" },
      ),
  },
  {
    name: "a password that mosquitto refuses",
    expect: refused("notAuthorized"),
    start: () => mosquitto({ users: { pump: "right" } }, { uplink: { username: "pump" }, password: "wrong" }),
  },
  {
    name: "banned",
    expect: refused("banned"),
    start: () => raw({ [packetTypes.connect]: () => connack.v5(138) }, { version: "5" }),
  },
  {
    name: "client id refused",
    expect: refused("clientIdRefused"),
    start: () => raw({ [packetTypes.connect]: () => connack.v4(2) }),
  },
  {
    name: "protocol version refused",
    expect: refused("protocolVersion"),
    start: () => aedes(() => undefined, { version: "5" }),
  },
  {
    name: "quota of connections",
    expect: refused("quota"),
    start: () => raw({ [packetTypes.connect]: () => connack.v5(151) }, { version: "5" }),
  },
  {
    name: "two clients with one id, MQTT 3.1.1",
    expect: "publish uplink.closed takenOver",
    start: () =>
      mosquitto(
        { users: { pump: "right" }, settings: ["use_username_as_clientid true"] },
        { uplink: { username: "pump" }, password: "right" },
      ),
  },
  {
    name: "two clients with one id, MQTT 5",
    expect: "publish uplink.closed takenOver",
    start: () =>
      mosquitto(
        { users: { pump: "right" }, settings: ["use_username_as_clientid true"] },
        { uplink: { username: "pump", version: "5" }, password: "right" },
      ),
  },
  {
    name: "wrong WebSocket path",
    expect: refused("webSocketPath"),
    start: () => webSocket({ webSocketPath: "/ws" }),
  },
  {
    name: "WebSocket tried at a plain port",
    expect: refused("notWebSocket"),
    start: () => mosquitto({}, { uplink: { webSocketPath: "/mqtt" } }),
  },
  { name: "plain tried at a WebSocket port", expect: refused("portIsWebSocket"), start: () => webSocket({}) },
  {
    name: "publishing denied without a word",
    expect: "publish uplink.publishDenied 135",
    start: () => mosquitto({ acl: ["topic read #"] }, { uplink: {} }),
  },
  {
    name: "publishing denied by a cut",
    expect: "publish uplink.publishDenied 0",
    start: () =>
      aedes((broker) => {
        broker.authorizePublish = (_client, _packet, done) => done(new Error("denied"));
      }),
  },
  {
    name: "reading denied",
    expect: "subscribe uplink.subscribeDenied ",
    start: () =>
      aedes((broker) => {
        broker.authorizeSubscribe = (_client, _wanted, done) => done(null, null);
      }),
  },
  {
    name: "reading denied without a word",
    expect: "publish uplink.subscribeDenied ",
    start: () => mosquitto({ acl: ["topic write #"] }, { uplink: {} }),
  },
  {
    name: "quota of messages",
    expect: "publish uplink.publishDenied 151",
    start: () =>
      raw(v5Broker({ [packetTypes.publish]: (id) => [0x40, 4, id >> 8, id & 0xff, 151, 0] }), {
        version: "5",
      }),
  },
  {
    name: "a will is refused",
    expect: "will uplink.willDenied ",
    start: () =>
      aedes((broker) => {
        const willing = new Set<unknown>();
        broker.preConnect = (client, packet, done) => {
          if (packet.will) willing.add(client);
          done(null, true);
        };
        broker.authenticate = (client, _user, _password, done) =>
          willing.has(client)
            ? done(Object.assign(new Error("no wills"), { returnCode: 1 }), null)
            : done(null, true);
      }),
  },
  {
    name: "nothing is retained",
    expect: "retained uplink.notRetained ",
    start: () => mosquitto({ settings: ["retain_available false"] }, { uplink: {} }),
  },
  {
    name: "payload too large",
    expect: "payload uplink.payloadTooLarge ",
    start: () => mosquitto({ settings: ["message_size_limit 240"] }, { uplink: {} }),
  },
  {
    name: "good, by address",
    expect: "good note.addressHasNoName",
    start: (kit) => secure(kit, kit.authority.issue("fine"), { host, version: "5" }),
  },
  {
    name: "good, and expires soon",
    expect: "good note.expires",
    start: (kit) => {
      const soon = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
      return secure(kit, kit.authority.issue("soon", { to: `${soon.replace(/\D/g, "").slice(0, 14)}Z` }));
    },
  },
  {
    name: "good, with a client certificate and the whole chain",
    expect: "good ",
    start: (kit) => {
      const client = kit.authority.issue("known");
      return mutual(kit, "knowing", client, client.keyFile);
    },
  },
  {
    name: "good, and held back by the broker alone",
    expect: "good note.nagle",
    start: () => heldBack(),
  },
  {
    name: "good, over WebSocket",
    expect: "good note.gatewayWithoutWebSocket",
    start: () => webSocket({ webSocketPath: "/mqtt" }),
  },
];
