import { baudCodes } from "../gateway/neuronSettings.ts";
import type { Group, Line, Site } from "../site/site.ts";
import { runThrough, type Sliced } from "../sliced.ts";
import { spanOf } from "../tag/span.ts";
import type { Tag } from "../tag/tag.ts";
import {
  type LineTiming,
  neuronTiming,
  ownTiming,
  type RoundCost,
  requestsOf,
  roundCost,
  serialLimits,
  usualTurnaroundMs,
} from "./busTime.ts";
import { planAsNeuron } from "./neuronPlan.ts";
import { type DeviceLimits, planReads, tcpLimits } from "./readPlan.ts";
import { isOver, sharedPeriodMs, slowerMs } from "./sharedLine.ts";

/** What would let a group keep its interval; null where nothing of that kind does. */
export interface Advice {
  /** the shortest interval that its line has time for */
  readonly intervalMs: number | null;
  /** as many of its tags, all in all, as its line has time for */
  readonly mostTags: number | null;
  /** the lowest baud rate at which every group of the line keeps its interval */
  readonly baudRate: number | null;
}

export interface GroupBudget {
  readonly group: string;
  readonly intervalMs: number;
  readonly tags: number;
  /** one round as Neuron makes it, and as Lastmile would */
  readonly gateway: RoundCost;
  readonly own: RoundCost;
  /**
   * fits: every round is on time · late: a round may come late or be left out while another group has the line ·
   * over: the line has no time for it
   */
  readonly state: "fits" | "late" | "over";
  /** about how often it will really be read */
  readonly periodMs: number;
  readonly advice: Advice | null;
}

export interface LineBudget {
  readonly line: string;
  readonly name: string;
  /** share of the time that the gateway keeps the line busy; above 1 it cannot */
  readonly load: number;
  /** all groups, one round each; and all tags of the line in one plan of Lastmile's */
  readonly gateway: RoundCost;
  readonly own: RoundCost;
  readonly groups: readonly GroupBudget[];
  /** units of the line whose time to answer was measured, ms */
  readonly measured: readonly { readonly unit: number; readonly waitMs: number }[];
}

export interface BudgetFacts {
  /** measured times to answer, by line id and unit */
  readonly waitsMs?: ReadonlyMap<string, ReadonlyMap<number, number>>;
  /** limits of devices, by line id and unit */
  readonly devices?: ReadonlyMap<string, ReadonlyMap<number, DeviceLimits>>;
}

/** Whether every group of a site keeps its interval on its line, for the gateway as it is; and what to change. */
export function budgetSite(site: Site, facts: BudgetFacts = {}): readonly LineBudget[] {
  return runThrough(budgetSiteInSlices(site, facts));
}

/** The same for a site that may have many tags. */
export function* budgetSiteInSlices(site: Site, facts: BudgetFacts = {}): Sliced<readonly LineBudget[]> {
  const byGroup = new Map<string, Tag[]>();
  for (const [index, tag] of site.tags.entries()) {
    if (index % tagsASlice === 0) yield;
    if (!isPolled(tag)) continue;
    const key = `${tag.line}/${tag.group}`;
    const known = byGroup.get(key);
    if (known) known.push(tag);
    else byGroup.set(key, [tag]);
  }
  const budgets: LineBudget[] = [];
  for (const line of site.lines) {
    const groups = site.groups.flatMap((group) => {
      const tags = group.line === line.id ? byGroup.get(`${line.id}/${group.name}`) : undefined;
      return tags ? [{ group, tags }] : [];
    });
    budgets.push(yield* budgetLine(line, groups, facts));
  }
  return budgets;
}

const tagsASlice = 5000;

/** What the gateway reads by itself: a tag that is only written is left alone. */
export function isPolled(tag: Pick<Tag, "access">): boolean {
  return tag.access.includes("read") || tag.access.includes("subscribe");
}

interface GroupTags {
  readonly group: Group;
  readonly tags: readonly Tag[];
}

function* budgetLine(line: Line, groups: readonly GroupTags[], facts: BudgetFacts): Sliced<LineBudget> {
  const waitsMs = facts.waitsMs?.get(line.id) ?? new Map<number, number>();
  const devices = facts.devices?.get(line.id);
  const isSerial = line.kind === "serial";
  const timing = { settings: isSerial ? line.settings : undefined, waitsMs };
  const limits = timing.settings ? serialLimits(timing.settings, usualTurnaroundMs) : tcpLimits;
  const own = (tags: readonly Tag[]) =>
    roundCost(
      requestsOf(
        planReads(
          tags.map((tag) => spanOf(tag.address, tag.type)),
          limits,
          devices,
        ),
        isSerial,
      ),
      ownTiming(timing),
    );
  const planned: (GroupTags & { readonly requests: ReturnType<typeof requestsOf> })[] = [];
  for (const one of groups) {
    const reads = planAsNeuron(one.tags.map((tag) => spanOf(tag.address, tag.type)));
    planned.push({ ...one, requests: requestsOf(reads, isSerial) });
    yield;
  }
  const loadsAt = (at: LineTiming) =>
    planned.map(({ group, requests }) => ({
      cycleMs: roundCost(requests, at).cycleMs,
      intervalMs: group.intervalMs,
    }));
  const loads = loadsAt(neuronTiming(timing));
  const periodMs = sharedPeriodMs(loads);
  const roundMs = loads.reduce((sum, { cycleMs }) => sum + cycleMs, 0);
  const baudRate = periodMs === 0 ? null : enoughBaud(timing, loadsAt);
  yield;
  const groupBudgets: GroupBudget[] = [];
  for (const { group, tags, requests } of planned) {
    const { intervalMs } = group;
    const state = intervalMs < periodMs ? "over" : intervalMs < roundMs ? "late" : "fits";
    groupBudgets.push({
      group: group.name,
      intervalMs,
      tags: tags.length,
      gateway: roundCost(requests, neuronTiming(timing)),
      own: own(tags),
      state,
      periodMs: Math.max(intervalMs, periodMs),
      advice:
        state === "fits"
          ? null
          : {
              intervalMs: slowerMs(state === "over" ? periodMs : roundMs),
              mostTags: state === "over" ? Math.floor((tags.length * intervalMs) / slowerMs(periodMs)) : null,
              baudRate: state === "over" ? baudRate : null,
            },
    });
    yield;
  }
  return {
    line: line.id,
    name: line.name,
    load: loads.reduce((sum, { cycleMs, intervalMs }) => sum + cycleMs / intervalMs, 0),
    gateway: sumOf(groupBudgets.map(({ gateway }) => gateway)),
    own: own(groups.flatMap(({ tags }) => tags)),
    groups: groupBudgets,
    measured: [...waitsMs].map(([unit, ms]) => ({ unit, waitMs: ms })),
  };
}

function sumOf(costs: readonly RoundCost[]): RoundCost {
  const sum = (of: (cost: RoundCost) => number) => costs.reduce((all, cost) => all + of(cost), 0);
  return {
    reads: sum(({ reads }) => reads),
    bytes: sum(({ bytes }) => bytes),
    cycleMs: sum((one) => one.cycleMs),
  };
}

type LoadsAt = (timing: LineTiming) => readonly { readonly cycleMs: number; readonly intervalMs: number }[];

/** The lowest of Neuron's baud rates above the line's own at which nothing is over; null where none is enough. */
function enoughBaud(timing: Omit<LineTiming, "pauseMs">, loadsAt: LoadsAt): number | null {
  const { settings } = timing;
  if (!settings) return null;
  const rates = [...baudCodes.keys()].filter((rate) => rate > settings.baudRate).sort((a, b) => a - b);
  const enough = rates.find(
    (baudRate) => !isOver(loadsAt(neuronTiming({ ...timing, settings: { ...settings, baudRate } }))),
  );
  return enough ?? null;
}
