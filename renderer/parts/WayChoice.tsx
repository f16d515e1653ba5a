import { useState } from "react";
import type { Line } from "#domain/site/site.ts";
import { useItem } from "../client/hooks.ts";
import { useWords } from "../words/language.ts";
import { SelectField } from "./Fields.tsx";

/** How a line is reached: over our own wire, or through the gateway that polls it. */
export type Way = "wire" | "gateway";

export interface WayToLine {
  /** what is there; the first is the usual one */
  readonly ways: readonly Way[];
  readonly way: Way;
  readonly choose: (way: Way) => void;
}

/** The ways to a line. Where the gateway is the serial line's master, it is asked to read and write. */
export function useWay(line: Line | undefined): WayToLine {
  const gateway = useItem("gateway", "gateway");
  const link = useItem("links", `line:${line?.id}`);
  const [chosen, setChosen] = useState<Way>();
  const isPolled = gateway?.nodes.some(({ node, running }) => node === line?.name && running === 3) === true;
  const hasWire = line?.kind !== "serial" || line.port !== "";
  const isTaken = link?.says.code === "link.taken" || link?.says.code === "link.polled";
  const gatewayFirst = isPolled && (!hasWire || isTaken || line?.kind === "serial");
  const both: readonly Way[] = gatewayFirst ? ["gateway", "wire"] : ["wire", "gateway"];
  const ways = both.filter((way) => (way === "wire" ? hasWire || !isPolled : isPolled));
  const way = chosen !== undefined && ways.includes(chosen) ? chosen : (ways[0] ?? "wire");
  return { ways, way, choose: setChosen };
}

/** The way to a line, to be chosen where there are two; said where the gateway is the only one. */
export function WayChoice({ ways, way, choose }: WayToLine) {
  const words = useWords().parts.way;
  if (ways.length > 1) {
    return (
      <SelectField
        label={words.label}
        value={way}
        onChange={choose}
        options={ways.map((one) => ({ value: one, label: words[one] }))}
      />
    );
  }
  return way === "gateway" ? <p className="dim">{words.onlyGateway}</p> : null;
}
