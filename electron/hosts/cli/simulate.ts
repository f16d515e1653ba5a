import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "#domain/problem.ts";
import { type TrainingFault, trainingFaults } from "#simulator/faults.ts";
import { fixedPorts, trainingSite } from "#simulator/trainingSite.ts";
import { resourceFolder } from "./folders.ts";
import { done, type Verb } from "./verb.ts";

export const simulate: Verb = {
  usage: "simulate [--site training] [--fault NAME]",
  options: { site: { type: "string" }, fault: { type: "string" }, seed: { type: "string" } },
  async run(call) {
    const { fault, site = "training", seed } = call.options;
    if (site !== "training") throw new ProblemError({ code: "usage", reason: `--site ${String(site)}` });
    const faults = typeof fault === "string" ? fault.split(",").map(faultOf) : [];
    const simulation = trainingSite({ ports: fixedPorts, faults, seed: Number(seed ?? 1) });
    const place = await simulation.start();
    const table = join(resourceFolder, "training-site", "tags.csv");
    const count = (await readFile(table, "utf8")).trim().split("\n").length - 1;
    call.terminal.line(`line     ${place.linePort}   RTU 19200 8E1, units 1, 3, 17, 42`);
    call.terminal.line(`PLC      ${place.plc.host}:${place.plc.port}   Modbus TCP, unit 1`);
    call.terminal.line(`gateway  ${place.gatewayUrl}   admin / 0000`);
    call.terminal.line(`broker   ${place.broker.host}:${place.broker.port}`);
    if (place.beside) {
      call.terminal.line(`NanoMQ   ${place.beside.nanomq}   admin / public`);
      call.terminal.line(`eKuiper  ${place.beside.ekuiper}`);
    }
    call.terminal.line(`tags     ${table}   ${count} tags`);
    // Whoever starts this for a test waits for the place, not for the end.
    call.terminal.json(place);
    await new Promise<void>((resolve) =>
      call.signal.addEventListener("abort", () => resolve(), { once: true }),
    );
    await simulation.stop();
    return done(undefined);
  },
};

function faultOf(name: string): TrainingFault {
  const known = trainingFaults.find((one) => one === name);
  if (!known)
    throw new ProblemError({ code: "usage", reason: `--fault ${name}: one of ${trainingFaults.join(", ")}` });
  return known;
}
