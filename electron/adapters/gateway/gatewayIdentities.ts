import { connect as connectPlain, isIP, type Socket } from "node:net";
import { connect as connectSecured, type TLSSocket } from "node:tls";
import { systemClock } from "#adapters/clock.ts";
import type { GatewayIdentities, SeenGateway } from "#capabilities/gatewayIdentities.ts";
import { FaultError } from "#domain/fault.ts";
import { reasonOf } from "./httpCall.ts";
import { portOf } from "./wayOptions.ts";

/** A gateway in a local network takes a connection in milliseconds. */
const connectMs = 5_000;

/** @param neighbours hardware addresses by IPv4 address, as the system knows them */
export function gatewayIdentities(neighbours: () => Promise<ReadonlyMap<string, string>>): GatewayIdentities {
  return {
    async look({ url, at }, signal) {
      const target = new URL(url);
      const isSecured = target.protocol === "https:";
      const host = at?.host ?? target.hostname.replace(/^\[|\]$/g, "");
      const port = at?.port ?? portOf(target);
      const socket = isSecured
        ? connectSecured({ host, port, servername: nameOf(target), rejectUnauthorized: false })
        : connectPlain({ host, port });
      await connected(socket, isSecured ? "secureConnect" : "connect", url, signal);
      const seen: SeenGateway = isSecured ? certificateOf(socket as TLSSocket) : {};
      const address = socket.remoteAddress?.replace(/^::ffff:/, "");
      socket.destroy();
      // The far end of a tunnel has its own neighbours.
      const mac = at === undefined && address !== undefined ? (await neighbours()).get(address) : undefined;
      return { ...seen, ...(mac !== undefined && { mac }) };
    },
  };
}

/** An address is no name to ask for. */
function nameOf({ hostname }: URL): string {
  return isIP(hostname) === 0 && !hostname.startsWith("[") ? hostname : "";
}

/** OpenSSL's and node's words for a certificate that is not trusted. */
const causes: readonly (readonly [RegExp, NonNullable<SeenGateway["certificate"]>["cause"]])[] = [
  [/SELF_SIGNED/, "selfSigned"],
  [/EXPIRED|NOT_YET/, "expired"],
  [/ALTNAME/, "wrongName"],
];

function certificateOf(socket: TLSSocket): SeenGateway {
  const fingerprint = socket.getPeerCertificate().fingerprint256;
  const error = String(socket.authorizationError);
  const cause = socket.authorized
    ? ""
    : (causes.find(([word]) => word.test(error))?.[1] ?? "unknownAuthority");
  return fingerprint === undefined ? {} : { certificate: { fingerprint, cause } };
}

function connected(socket: Socket, event: string, url: string, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      stop();
      signal.removeEventListener("abort", onAbort);
      finish();
    };
    const fail = (error: unknown) => {
      settle(() => reject(error));
      socket.destroy();
    };
    const unreachable = (reason: string, cause?: unknown) =>
      fail(new FaultError({ code: "gateway.unreachable", url, reason }, cause));
    const onAbort = () => fail(signal.reason);
    const stop = systemClock.after(connectMs, () => unreachable("timeout"));
    if (signal.aborted) return onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    socket.on("error", (error) => unreachable(reasonOf(error), error));
    socket.once("close", () => unreachable("reset"));
    socket.once(event, () => settle(resolve));
  });
}
