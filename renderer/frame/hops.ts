import type { GatewayView, LinkView, SiteView } from "#contract/views.ts";
import type { Phrase } from "#domain/phrase.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { Line } from "#domain/site/site.ts";
import type { State } from "../parts/Chip.tsx";
import type { StepName } from "./place.ts";

/** One stop of a value on its way to the cloud. */
export interface Hop {
  readonly step: Extract<StepName, "line" | "gateway" | "uplink">;
  readonly state: State;
  /** what it is: `19200 8E1 · 4 units`; undefined when nothing is set up */
  readonly about: HopAbout | undefined;
  /** how it stands, when there is something to say */
  readonly says: Phrase | undefined;
}

export type HopAbout =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "line"; readonly settings: string; readonly units: number }
  | { readonly kind: "lines"; readonly lines: number; readonly units: number };

/** Worst first: what a person must see of several lines. */
const urgency: readonly State[] = ["bad", "warn", "busy", "ok", "idle"];

export function hopsOf(
  site: SiteView | undefined,
  gateway: GatewayView | undefined,
  links: readonly LinkView[],
): readonly Hop[] {
  return [lineHop(site, links), gatewayHop(gateway, links), uplinkHop(site, links)];
}

function lineHop(site: SiteView | undefined, links: readonly LinkView[]): Hop {
  const lines = site?.head.lines ?? [];
  const worst = links
    .filter((link) => link.key.startsWith("line:"))
    .sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state))[0];
  return { step: "line", state: worst?.state ?? "idle", about: linesAbout(lines), says: telling(worst) };
}

function linesAbout(lines: readonly Line[]): HopAbout | undefined {
  const units = lines.reduce((sum, line) => sum + line.units.length, 0);
  const only = lines[0];
  if (!only) return undefined;
  if (lines.length > 1) return { kind: "lines", lines: lines.length, units };
  return { kind: "line", settings: only.kind === "serial" ? settingsText(only.settings) : only.host, units };
}

function gatewayHop(gateway: GatewayView | undefined, links: readonly LinkView[]): Hop {
  const link = links.find((candidate) => candidate.key === "gateway");
  return {
    step: "gateway",
    state: link?.state ?? (gateway ? "ok" : "idle"),
    about: gateway ? { kind: "text", text: `Neuron ${gateway.version}` } : undefined,
    says: telling(link),
  };
}

function uplinkHop(site: SiteView | undefined, links: readonly LinkView[]): Hop {
  const uplink = site?.head.uplink;
  const link = links.find((candidate) => candidate.key === "uplink");
  return {
    step: "uplink",
    state: link?.state ?? "idle",
    about: uplink ? { kind: "text", text: uplink.host } : undefined,
    says: link?.says,
  };
}

/** A good hop tells what it is; only one that is not tells how it stands. */
function telling(link: LinkView | undefined): Phrase | undefined {
  return link && (link.state === "bad" || link.state === "warn" || link.state === "busy")
    ? link.says
    : undefined;
}
