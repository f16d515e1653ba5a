import { type AcceptanceView, shownTagsLeft } from "#contract/acceptanceViews.ts";
import type { CallInput, CallOutput } from "#contract/contract.ts";
import { problemView } from "#contract/failure.ts";
import type { Acceptance } from "#domain/acceptance/acceptance.ts";
import type { Act } from "#domain/acceptance/act.ts";
import { itemsOf } from "#domain/acceptance/checklist.ts";
import { acceptanceLines, foldAcceptance } from "#domain/acceptance/foldAcceptance.ts";
import { standingOf, tagStanding } from "#domain/acceptance/grade.ts";
import { refuseAct, refuseSignature } from "#domain/acceptance/refuseAct.ts";
import { statementBytes } from "#domain/acceptance/statement.ts";
import { toBase64 } from "#domain/bundle/base64.ts";
import { ProblemError } from "#domain/problem.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { isProvable } from "#domain/verify/summary.ts";
import { pointsInEvidence } from "../proofReport.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { Tables } from "../tables.ts";
import { technicianOf } from "../trustDesk.ts";
import type { World } from "../world.ts";
import { readChecklists } from "./checklists.ts";

/** The acceptance test of the open site. Whatever is answered is on the disk, and nothing else makes its state. */
export interface AcceptanceDesk {
  checklists(): Promise<CallOutput<"checklists.list">>;
  plan(ids: readonly string[]): Promise<void>;
  record(act: Act): Promise<void>;
  sign(input: CallInput<"acceptance.sign">): Promise<void>;
  state(): Acceptance;
}

const verdicts = "job.verified";
const kinds: ReadonlySet<string> = new Set([...Object.values(acceptanceLines), verdicts]);
const showAfterMs = 200;

export function acceptanceDesk(world: World, tables: Tables, desk: SiteDesk): AcceptanceDesk {
  let folded: { readonly lines: readonly unknown[]; upTo: number; state: Acceptance } | undefined;
  let cancelShow: (() => void) | undefined;
  let looked: { readonly lines: readonly unknown[]; upTo: number } | undefined;
  let turn: Promise<unknown> = Promise.resolve();

  /** Only lines that mean something here are a reason to fold anew. */
  function state(): Acceptance {
    const lines = desk.evidence();
    const isKnown = folded?.lines === lines;
    const from = isKnown ? (folded?.upTo ?? 0) : 0;
    if (folded === undefined || !isKnown || lines.slice(from).some(({ kind }) => kinds.has(kind)))
      folded = { lines, upTo: lines.length, state: foldAcceptance(lines) };
    folded.upTo = lines.length;
    return folded.state;
  }

  function show(): void {
    cancelShow?.();
    cancelShow = undefined;
    if (desk.path !== undefined) tables.acceptance.set(viewOf(state()));
  }

  /** A proof of many tags writes many lines: what they come to is looked at once for all of them. */
  function showSoon(): void {
    cancelShow ??= world.clock.after(showAfterMs, show);
  }

  function viewOf(now: Acceptance): AcceptanceView {
    // Before a test is planned nobody asks how far it is, and a large site is not gone through for it.
    const isPlanned = now.plannedAt !== null;
    const site = isPlanned ? desk.site() : { tags: [] };
    const attempts = isPlanned ? pointsInEvidence(desk) : [];
    const latest = new Map(attempts.map((point) => [point.key, point]));
    const tagsLeft: AcceptanceView["tagsLeft"] = [];
    for (const tag of site.tags.filter(isProvable)) {
      if (tagsLeft.length === shownTagsLeft) break;
      const key = tagKey(tag);
      const standing = tagStanding(key, now, latest);
      if (standing !== "proved") tagsLeft.push({ tag: key, standing });
    }
    return {
      key: "acceptance",
      state: now as AcceptanceView["state"],
      standing: standingOf(site, now, latest) as AcceptanceView["standing"],
      tagsLeft,
    };
  }

  /** One after another, so that what was looked at before a line is written still holds when it is. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  desk.onChange((site, before) => {
    if (site !== undefined && before === undefined) show();
    if (site !== undefined) return;
    cancelShow?.();
    cancelShow = undefined;
  });
  tables.site.watch({
    changed() {
      const lines = desk.evidence();
      const from = looked?.lines === lines ? looked.upTo : 0;
      const news = lines.slice(from).filter(({ kind }) => kinds.has(kind));
      looked = { lines, upTo: lines.length };
      if (news.some(({ kind }) => kind !== verdicts)) show();
      else if (news.length > 0) showSoon();
    },
    removed: () => undefined,
  });

  return {
    state,
    async checklists() {
      const { checklists, problems } = await readChecklists(world);
      return {
        checklists: checklists.map((list) => ({
          id: list.id,
          version: list.version,
          title: list.title,
          source: list.source,
          items: itemsOf([list]).length,
        })),
        problems: problems.map(problemView),
      };
    },
    plan: (ids) =>
      inTurn(async () => {
        desk.site();
        if (state().signatures.length > 0) throw new ProblemError({ code: "acceptance.closed" });
        const { checklists } = await readChecklists(world);
        const chosen = ids.map((id) => {
          const checklist = checklists.find((one) => one.id === id);
          if (checklist === undefined) throw new ProblemError({ code: "checklist.unknown", checklist: id });
          return checklist;
        });
        // The words go along, so that the test stays what it was when a template changes.
        await desk.record(acceptanceLines.planned, { checklists: chosen });
      }),
    record: (act) =>
      inTurn(async () => {
        const tags = new Set(desk.site().tags.map(tagKey));
        const problem = refuseAct(state(), act, (key) => tags.has(key));
        if (problem !== undefined) throw new ProblemError(problem);
        const kept = new Set(state().photos.map(({ sha256 }) => sha256));
        const photos = "photos" in act ? act.photos : [];
        const photo = photos.find((sha256) => !kept.has(sha256));
        if (photo !== undefined) throw new ProblemError({ code: "photo.missing", photo });
        await desk.record(acceptanceLines.recorded, act);
      }),
    sign: ({ role, name, company }) =>
      inTurn(async () => {
        const site = desk.site();
        const problem = refuseSignature(state(), role, name);
        if (problem !== undefined) throw new ProblemError(problem);
        const { grade } = viewOf(state()).standing;
        const lines = desk.evidence().length;
        const said = { role, name, company, at: world.clock.now(), grade, lines, head: desk.evidenceHead() };
        const none = { key: "", signature: "" };
        await desk.record(acceptanceLines.signed, {
          ...said,
          ...(role === "tester"
            ? await keySignature(world, statementBytes({ ...said, site: site.id }))
            : none),
        });
      }),
  };
}

/** The tester's key is this computer's; a witness has theirs elsewhere and signs the report with it. */
async function keySignature(world: World, bytes: Uint8Array) {
  const { key } = await technicianOf(world);
  return { key: key.publicKey, signature: toBase64(world.crypto.sign(key.privateKey, bytes)) };
}
