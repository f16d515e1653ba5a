import type { CallInput, CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import { ProblemError } from "#domain/problem.ts";
import type { Site } from "#domain/site/site.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { describeThing } from "#domain/thing/description.ts";
import { printThing } from "#domain/thing/modelFile.ts";
import { readThingFile } from "#domain/thing/readThingFile.ts";
import { lineIds, mapThing, type ThingModel, tagOfProperty, thingOfSite } from "#domain/thing/thingModel.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Transfers } from "./transfers.ts";

/** The site as a thing model, out and in. */
export interface ThingDesk {
  export(format: "model" | "td"): CallOutput<"thing.export">;
  import(input: CallInput<"thing.import">): CallOutput<"thing.import">;
}

export function thingDesk(desk: SiteDesk, files: Transfers): ThingDesk {
  return {
    export(format) {
      const site = desk.site();
      const model = thingOfSite(site);
      const text = format === "td" ? describeThing(model, site) : printThing(model);
      const name = `${site.name}${format === "td" ? ".td.jsonld" : " thing.json"}`;
      return files.offer(name, new TextEncoder().encode(text));
    },
    import({ uploadId, line, take }) {
      const site = desk.site();
      if (!site.lines.some((candidate) => candidate.id === line))
        throw new ProblemError({ code: "line.unknown", line });
      const read = readThingFile(files.take(uploadId), site.lines, line);
      if (!read.ok) throw new ProblemError(...read.problem);
      const { model, problems } = read.value;
      const { mapped, unmapped, unused } = mapThing(model, site.tags, site.lines);
      const wanted = missing(model, site, unmapped);
      if (take && wanted.tags.length > 0)
        desk.edit({ kind: "putTags", tags: wanted.tags, groups: wanted.groups });
      return {
        title: model.title,
        properties: model.properties.length,
        mapped: mapped.length,
        unmapped: [...unmapped],
        unused: [...unused],
        mappable: wanted.tags.length,
        taken: take ? wanted.tags.length : 0,
        problems: problems.map(problemView),
      };
    },
  };
}

/** Tags for the properties that no tag of the site stands for, where the file says where they are. */
function missing(model: ThingModel, site: Site, unmapped: readonly string[]) {
  const names = new Set(unmapped);
  const ids = lineIds(site.lines);
  const known = new Set(site.groups.map((group) => `${group.line}/${group.name}`));
  const places = model.properties.flatMap((property) => {
    const line = property.place && ids.get(property.place.line);
    if (!property.place || line === undefined || !names.has(property.name)) return [];
    return [{ property, place: { ...property.place, line } }];
  });
  const tags = new Map(
    places.map(({ property, place }) => {
      const tag = tagOfProperty(property, place);
      return [tagKey(tag), tag] as const;
    }),
  );
  const groups = places
    .filter(({ place }) => !known.has(`${place.line}/${place.group}`))
    .map(({ place }) => ({ line: place.line, name: place.group, intervalMs: place.intervalMs }));
  return { tags: [...tags.values()], groups };
}
