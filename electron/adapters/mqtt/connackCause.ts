import type { BrokerPlace } from "#capabilities/uplink.ts";

/** Why a broker refused CONNECT, as a word that the screen explains. */
export type ConnectCause =
  | "badUser"
  | "notAuthorized"
  | "clientIdRefused"
  | "protocolVersion"
  | "serverUnavailable"
  | "banned"
  | "quota"
  | "portIsTls"
  | "portIsWebSocket"
  | "webSocketPath"
  | "notWebSocket"
  | "proxy"
  | "notMqtt"
  | "silent"
  | "other";

/** MQTT 3.1.1, table 3.1 */
const returnCodes: Readonly<Record<number, ConnectCause>> = {
  1: "protocolVersion",
  2: "clientIdRefused",
  3: "serverUnavailable",
  4: "badUser",
  5: "notAuthorized",
};

/** MQTT 5, table 3-1 */
const reasonCodes: Readonly<Record<number, ConnectCause>> = {
  132: "protocolVersion",
  133: "clientIdRefused",
  134: "badUser",
  135: "notAuthorized",
  136: "serverUnavailable",
  137: "serverUnavailable",
  138: "banned",
  151: "quota",
  159: "quota",
};

export function connackCause(version: BrokerPlace["version"], code: number): ConnectCause {
  // Some brokers answer a version they do not speak in the older form.
  const known = version === "5" && code >= 0x80 ? reasonCodes : returnCodes;
  return known[code] ?? "other";
}
