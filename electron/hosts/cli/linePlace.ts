import { ProblemError } from "#domain/problem.ts";
import type { Line } from "#domain/site/site.ts";
import type { Options } from "./verb.ts";

/** Options of every verb that talks to one line. */
export const lineOptions = {
  port: { type: "string" },
  tcp: { type: "string" },
  baud: { type: "string" },
  parity: { type: "string" },
  data: { type: "string" },
  stop: { type: "string" },
  ascii: { type: "boolean" },
  timeout: { type: "string" },
} as const;

export const lineUsage =
  "(--port P [--baud 9600] [--parity none|even|odd] [--data 8] [--stop 1] [--ascii] | --tcp HOST:PORT)";

/** The line that the options name; Problem usage or line.settingsInvalid. */
export function lineOf(options: Options): Line {
  const base = { id: "line", name: "line", units: [], timeoutMs: wholeNumber(options, "timeout", 1000) };
  if (typeof options.tcp === "string") {
    const match = /^(.+?)(?::(\d+))?$/.exec(options.tcp);
    const port = Number(match?.[2] ?? 502);
    if (!match || port < 1 || port > 65_535) throw settings("tcp", options.tcp);
    return { ...base, kind: "tcp", host: match[1] ?? "", port };
  }
  if (typeof options.port !== "string")
    throw new ProblemError({ code: "usage", reason: `needs ${lineUsage}` });
  const parity = options.parity ?? "none";
  if (parity !== "none" && parity !== "even" && parity !== "odd") throw settings("parity", String(parity));
  const isAscii = options.ascii === true;
  const dataBits = wholeNumber(options, "data", isAscii ? 7 : 8);
  const stopBits = wholeNumber(options, "stop", 1);
  if (dataBits !== 7 && dataBits !== 8) throw settings("data", String(dataBits));
  if (stopBits !== 1 && stopBits !== 2) throw settings("stop", String(stopBits));
  return {
    ...base,
    kind: "serial",
    port: options.port,
    gatewayPort: "/dev/ttyS0",
    settings: {
      baudRate: wholeNumber(options, "baud", 9600),
      parity,
      dataBits,
      stopBits,
      ...(isAscii && { mode: "ascii" as const }),
    },
  };
}

export function wholeNumber(options: Options, name: string, usual: number): number {
  const given = options[name];
  if (given === undefined) return usual;
  const value = Number(given);
  if (!Number.isInteger(value) || value <= 0) throw settings(name, String(given));
  return value;
}

function settings(name: string, value: string): ProblemError {
  return new ProblemError({
    code: "line.settingsInvalid",
    reason: `--${name} ${value}`,
    at: { field: name },
  });
}
