import { expect, test } from "vitest";
import {
  draftOfUplink,
  flawsOf,
  readUplink,
  sameUplink,
  type UplinkDraft,
  withTls,
} from "#renderer/steps/uplink/uplinkDraft.ts";

const whole: UplinkDraft = {
  host: " broker.local ",
  port: "1883",
  tls: false,
  ca: "",
  clientCertificate: "",
  webSocket: false,
  webSocketPath: "/mqtt",
  version: "5",
  clientId: "nps07",
  username: "",
  qos: 1,
  format: "values",
  topic: "{site}/{line}/{group}",
};

test("a whole form becomes an uplink with its texts trimmed", () => {
  expect(readUplink(whole)).toMatchObject({ host: "broker.local", port: 1883, clientId: "nps07", qos: 1 });
});

test("each wrong field says what is wrong with it", () => {
  expect(flawsOf({ ...whole, host: "mqtt://broker" })).toEqual({ host: "hostHasScheme" });
  expect(flawsOf({ ...whole, port: "70000" })).toEqual({ port: "portInvalid" });
  expect(flawsOf({ ...whole, topic: "site/#" })).toEqual({ topic: "topicHasWildcard" });
  expect(flawsOf({ ...whole, topic: "{sites}/{group}" })).toEqual({ topic: "topicPlaceholderUnknown" });
  expect(flawsOf({ ...whole, topic: "{site" })).toEqual({ topic: "topicPlaceholderUnknown" });
  expect(flawsOf({ ...whole, tls: true, ca: "secret" })).toEqual({ ca: "caNotPem" });
  expect(readUplink({ ...whole, clientId: "" })).toBeUndefined();
});

test("the usual port follows TLS, a chosen one stays", () => {
  expect(withTls(whole, true).port).toBe("8883");
  expect(withTls(withTls(whole, true), false).port).toBe("1883");
  expect(withTls({ ...whole, port: "11883" }, true).port).toBe("11883");
});

test("a client certificate counts with TLS alone, a path with WebSocket alone; both come back as they were", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";
  const filled = { ...whole, clientCertificate: pem, webSocketPath: "/mqtt" };
  const plain = readUplink(filled);
  const secure = readUplink({ ...filled, tls: true, webSocket: true });
  if (!plain || !secure) throw new Error("both are whole");

  expect(plain).not.toHaveProperty("clientCertificate");
  expect(plain).not.toHaveProperty("webSocketPath");
  expect(secure).toMatchObject({ clientCertificate: pem, webSocketPath: "/mqtt" });
  expect(readUplink(draftOfUplink(secure))).toEqual(secure);
  expect(sameUplink(plain, { ...plain, webSocketPath: "/mqtt" })).toBe(false);
  expect(flawsOf({ ...filled, webSocket: true, webSocketPath: "mqtt" })).toEqual({
    webSocketPath: "pathInvalid",
  });
  expect(flawsOf({ ...whole, tls: true, clientCertificate: "x" })).toEqual({ clientCertificate: "caNotPem" });
});
