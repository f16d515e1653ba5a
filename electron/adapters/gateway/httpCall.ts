import { request as requestPlain } from "node:http";
import { request as requestSecured } from "node:https";
import { systemClock } from "#adapters/clock.ts";
import type { GatewayWay } from "#capabilities/gatewayWay.ts";
import { FaultError } from "#domain/fault.ts";
import { wayOptions } from "./wayOptions.ts";

export interface HttpCall {
  /** scheme, host and port of the gateway, without a path */
  readonly origin: string;
  /** a tunnel, or the certificate that the gateway must have */
  readonly way?: Pick<GatewayWay, "at" | "certificate">;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** from the root, `/api/v2/node` */
  readonly path: string;
  readonly token?: string;
  /** for programs that take a name and a password with every call */
  readonly basic?: { readonly user: string; readonly password: string };
  /** JSON text */
  readonly body?: string;
  /** for the whole exchange, ms */
  readonly limitMs: number;
}

export interface HttpReply {
  readonly status: number;
  readonly text: string;
}

/** A gateway with 100,000 tags gives 20 MB. */
const largestReply = 32 * 2 ** 20;

/**
 * One request on a connection of its own. No proxy, no redirect is followed: nothing goes to a host that the
 * person did not name.
 *
 * @throws FaultError gateway.unreachable with the reason refused, timeout, nameUnknown, reset, certificate or
 * unreachable;
 * gateway.unexpected for a reply beyond 32 MB; the signal's reason when cancelled
 */
export function httpCall(call: HttpCall, signal: AbortSignal): Promise<HttpReply> {
  const { origin: url, method, path, token, basic, body } = call;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const send = url.startsWith("https:") ? requestSecured : requestPlain;
    const headers = {
      Accept: "application/json",
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
      ...(basic && {
        Authorization: `Basic ${Buffer.from(`${basic.user}:${basic.password}`).toString("base64")}`,
      }),
      ...(body !== undefined && {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(body),
      }),
    };
    const led = wayOptions({ url, ...call.way });
    const request = send(`${url}${path}`, {
      method,
      ...led.options,
      headers: { ...led.headers, ...headers },
    });
    const settle = (finish: () => void) => {
      stop();
      signal.removeEventListener("abort", onAbort);
      finish();
      request.destroy();
      led.close();
    };
    const unreachable = (reason: string, cause?: unknown) =>
      settle(() => reject(new FaultError({ code: "gateway.unreachable", url, reason }, cause)));
    const onAbort = () => settle(() => reject(signal.reason));
    const stop = systemClock.after(call.limitMs, () => unreachable("timeout"));
    signal.addEventListener("abort", onAbort, { once: true });
    request.on("error", (error) => unreachable(reasonOf(error), error));
    request.on("response", (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        length += part.length;
        if (length <= largestReply) return;
        const fault = {
          code: "gateway.unexpected",
          url,
          call: `${method} ${path}`,
          reason: "tooLarge",
        } as const;
        settle(() => reject(new FaultError(fault)));
      });
      response.on("error", (error) => unreachable(reasonOf(error), error));
      response.on("end", () => {
        const text = Buffer.concat(parts).toString("utf8");
        settle(() => resolve({ status: response.statusCode ?? 0, text }));
      });
    });
    request.end(body);
  });
}

/** Why a connection failed, as a word: refused, timeout, reset, certificate, nameUnknown or unreachable. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNREFUSED") return "refused";
  if (error.code === "ETIMEDOUT") return "timeout";
  if (error.code === "ECONNRESET" || error.code === "EPIPE") return "reset";
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(error.code ?? "")) return "certificate";
  if (error.code === "ENOTFOUND" || error.code === "EAI_AGAIN" || error.code === "ENODATA")
    return "nameUnknown";
  return "unreachable";
}
