import { ProblemError } from "#domain/problem.ts";
import { type NetworkDetail, privateHosts, scanNetwork } from "#services/scanNetwork.ts";
import { runAdHoc } from "./adHocJob.ts";
import { wholeNumber } from "./linePlace.ts";
import { type Call, done, type Outcome } from "./verb.ts";
import { withWorld } from "./world.ts";

export const networkOptions = {
  "tcp-range": { type: "string" },
  rate: { type: "string" },
  public: { type: "boolean" },
} as const;

export const networkUsage = "--tcp-range 192.168.1.0/24[:502] [--rate 50] [--public]";

const usualPort = 502;
const [usualRate, highestRate] = [50, 200];

/** Looks for Modbus TCP devices in the range that the options name. */
export function searchNetwork(call: Call): Promise<Outcome> {
  return withWorld(async (world) => {
    const [range = "", portText] = String(call.options["tcp-range"]).split(":");
    const port = portText === undefined ? usualPort : Number(portText);
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new ProblemError({ code: "line.settingsInvalid", reason: `--tcp-range ${range}:${portText}` });
    const perSecond = wholeNumber(call.options, "rate", usualRate);
    if (perSecond > highestRate)
      throw new ProblemError({ code: "usage", reason: `--rate ${perSecond} is more than ${highestRate}` });
    const hosts = privateHosts(range, call.options.public === true);
    const detail: NetworkDetail = { kind: "network", range, port, hosts: hosts.length, asked: 0, found: [] };
    const job = await runAdHoc(call, world, detail, (run) =>
      scanNetwork(hosts, { port, perSecond }, world, run),
    );
    const { found } = job.detail;
    call.terminal.table(
      ["Host", ">Port", "Modbus", ">Unit", ">ms", "Identity"],
      found.map((one) => [
        ...[one.host, String(one.port), one.speaksModbus ? "yes" : "no"],
        ...[String(one.unit ?? ""), one.latencyMs?.toFixed(0) ?? "", one.identity],
      ]),
    );
    return done({ range, port, hosts: hosts.length, found });
  });
}
