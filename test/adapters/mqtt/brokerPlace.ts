import type { BrokerPlace } from "#capabilities/uplink.ts";

/** A plain MQTT 3.1.1 broker on this machine, but for what is told. */
export function brokerPlace(place: Partial<BrokerPlace>): BrokerPlace {
  return {
    host: place.host ?? "127.0.0.1",
    port: place.port ?? 0,
    tls: place.tls ?? false,
    ca: place.ca ?? "",
    version: place.version ?? "3.1.1",
    clientId: place.clientId ?? "bench",
    username: place.username ?? "",
    password: place.password ?? "",
    keepAliveSeconds: place.keepAliveSeconds ?? 60,
  };
}
