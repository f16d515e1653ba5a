import { programs } from "#domain/gateway/program.ts";
import { useItem } from "../../../client/hooks.ts";
import { ProgramSection } from "./ProgramSection.tsx";

/** The programs that run on the gateway beside Neuron: NanoMQ's bridge, eKuiper's rules. */
export function Beside() {
  const site = useItem("site", "site");
  if (!site) return null;
  return programs.map((program) => <ProgramSection key={program} program={program} head={site.head} />);
}
