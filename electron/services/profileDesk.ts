import type { ProfileStore } from "#capabilities/profileStore.ts";
import type { CallInput, CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { ProfileView } from "#contract/profileViews.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import { proposeProfiles } from "#domain/profile/identify.ts";
import type { Profile } from "#domain/profile/profile.ts";
import { tagsOfProfile } from "#domain/profile/tagsOfProfile.ts";
import type { Site } from "#domain/site/site.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import { readShelf } from "./profileShelf.ts";
import type { SiteDesk } from "./siteDesk.ts";

/** Device profiles: what there is, which fits a unit, and its tags. */
export interface ProfileDesk {
  list(): Promise<CallOutput<"profiles.list">>;
  propose(seen: CallInput<"profiles.propose">["seen"]): Promise<CallOutput<"profiles.propose">>;
  tags(input: CallInput<"tags.fromProfile">): Promise<CallOutput<"tags.fromProfile">>;
  /** the profiles of a site's units, by `line/unit`; a unit whose profile is gone has none */
  ofUnits(site: Site): Promise<ReadonlyMap<string, Profile>>;
}

export function profileDesk(store: ProfileStore, desk: SiteDesk): ProfileDesk {
  return {
    async list() {
      const { profiles, problems } = await readShelf(store);
      return {
        profiles: [...profiles.values()].map(({ profile, shipped }) => viewOf(profile, shipped)),
        problems: problems.map(problemView),
      };
    },
    async propose(seen) {
      const { profiles } = await readShelf(store);
      const proposals = proposeProfiles(
        seen,
        [...profiles.values()].map((one) => one.profile),
      );
      return proposals.map(({ profile: id, certainty, evidence }) => {
        const { vendor, model } = (profiles.get(id) as { profile: Profile }).profile.device;
        return {
          profile: id,
          vendor,
          model,
          certainty,
          evidence: { ...evidence, facts: { ...evidence.facts } },
        };
      });
    },
    async ofUnits(site) {
      const units = site.lines.flatMap((line) =>
        line.units.map((unit) => ({ key: `${line.id}/${unit.number}`, profile: unit.profile })),
      );
      if (units.every(({ profile }) => profile === undefined)) return new Map();
      const { profiles } = await readShelf(store);
      return new Map(
        units.flatMap(({ key, profile: id }) => {
          const profile = id === undefined ? undefined : profiles.get(id)?.profile;
          return profile ? [[key, profile] as const] : [];
        }),
      );
    },
    async tags(input) {
      const site = desk.site();
      if (!site.lines.some((line) => line.id === input.line))
        throw new ProblemError({ code: "line.unknown", line: input.line });
      const profile = (await readShelf(store)).profiles.get(input.profile)?.profile;
      if (!profile) throw new ProblemError({ code: "profile.unknown", profile: input.profile });
      const made = tagsOfProfile(profile, input.unit, input.group, input.line, {
        points: input.points ?? undefined,
        language: input.language,
        exponents: input.exponents,
      });
      const { fit, clashes } = apart(made.tags, site);
      if (input.take && fit.length > 0) {
        const from = { line: input.line, unit: input.unit, profile: profile.id };
        desk.edit({ kind: "putTags", tags: fit, groups: [], from });
      }
      return {
        tags: fit.map((tag) => ({ tag: tag as never, printed: printAddress(tag.address) })),
        taken: input.take ? fit.length : 0,
        problems: [...made.problems, ...clashes].map(problemView),
      };
    },
  };
}

/** A tag of the same name that sits elsewhere is another point: it is not written over. */
function apart(
  tags: readonly Tag[],
  site: Site,
): { readonly fit: readonly Tag[]; readonly clashes: readonly Problem[] } {
  const present = new Map(site.tags.map((tag) => [tagKey(tag), printAddress(tag.address)]));
  const isTaken = (tag: Tag) =>
    (present.get(tagKey(tag)) ?? printAddress(tag.address)) !== printAddress(tag.address);
  return {
    fit: tags.filter((tag) => !isTaken(tag)),
    clashes: tags.filter(isTaken).map(({ name, group }) => ({ code: "tag.duplicate", name, group })),
  };
}

function viewOf(profile: Profile, shipped: boolean): ProfileView {
  const { id, device, sources, cautions = [], line = {}, golden } = profile;
  const { vendor, model, kind, says } = device;
  const points = profile.points.map((point) => ({
    id: point.id,
    printed: point.printed,
    area: point.area,
    offset: point.offset,
    type: point.type,
    unit: point.unit ?? "",
    says: point.says,
    writable: point.access.includes("write"),
    scaleFrom: point.scaleFrom ?? "",
  }));
  return {
    id,
    vendor,
    model,
    kind,
    says,
    shipped,
    sources: sources.map(({ title, revision = "", place, url = "" }) => ({ title, revision, place, url })),
    cautions: [...cautions],
    line,
    goldenReads: golden.length,
    vendorReads: golden.filter((read) => read.from === "vendor").length,
    points,
  };
}
