import type { TrainingPlace } from "#capabilities/training.ts";
import type { Site } from "#domain/site/site.ts";
import { parseSite } from "#domain/site/siteFile.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** Opens the training site: the one that was used before, or a new one. */
export async function openTraining(world: World, tables: Tables, desk: SiteDesk): Promise<void> {
  const place = await world.training.start();
  const known = await knownTraining(world);
  if (known === undefined) await desk.create(world.training.plan(place));
  else await desk.open(known);
  settleTraining(world, tables, desk, place);
}

/** A training site is of use only while the simulation runs; its addresses differ at each start. */
export async function startTrainingOf(world: World, tables: Tables, desk: SiteDesk): Promise<void> {
  if (desk.site().training) settleTraining(world, tables, desk, await world.training.start());
}

async function knownTraining(world: World): Promise<string | undefined> {
  for (const { path } of await world.sites.list()) {
    const file = await world.sites.read(path);
    const parsed = file && parseSite(file.text);
    if (parsed?.ok && parsed.value.training) return path;
  }
  return undefined;
}

function settleTraining(world: World, tables: Tables, desk: SiteDesk, place: TrainingPlace): void {
  const site = desk.site();
  const moved = moveTo(site, world.training.plan(place), place.beside);
  if (JSON.stringify(moved) !== JSON.stringify(site)) desk.adjust(moved);
  const session = tables.session.get("session");
  if (session)
    tables.session.set({
      ...session,
      trainingRunning: true,
      ...(place.beside && { beside: place.beside }),
    });
}

/** The person's site at the places of this run: their lines, tags and settings stay. */
function moveTo(site: Site, plan: Site, beside: TrainingPlace["beside"]): Site {
  const lines = site.lines.map((line) => {
    const planned = plan.lines.find((candidate) => candidate.id === line.id);
    if (planned?.kind === "tcp" && line.kind === "tcp")
      return { ...line, host: planned.host, port: planned.port };
    if (planned?.kind === "serial" && line.kind === "serial") return { ...line, port: planned.port };
    return line;
  });
  const { uplink } = plan;
  return {
    ...site,
    ...(site.bridge && beside && { bridge: { ...site.bridge, url: beside.nanomq } }),
    ...(site.rules && beside && { rules: { ...site.rules, url: beside.ekuiper } }),
    lines,
    gateway: plan.gateway && { ...plan.gateway, user: site.gateway?.user ?? plan.gateway.user },
    uplink: site.uplink && uplink ? { ...site.uplink, host: uplink.host, port: uplink.port } : site.uplink,
  };
}
