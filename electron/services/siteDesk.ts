import type { Journal } from "#capabilities/journal.ts";
import { failuresOf, problemView } from "#contract/failure.ts";
import type { FailureView, TagView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import { editSite, type SiteEdit } from "#domain/site/edit.ts";
import type { Site } from "#domain/site/site.ts";
import { parseSite, printSite } from "#domain/site/siteFile.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { type Tag, tagKey } from "#domain/tag/tag.ts";
import type { Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** Edits wait this long for company before they are written: a crash loses no more than 300 ms of them. */
const saveAfterMs = 200;
/** The disk may have room again or the folder come back: what could not be written is tried again. */
const saveAgainMs = 5_000;

/** The open site: its document, its undo history, its file and its evidence. */
export interface SiteDesk {
  /** @throws ProblemError site.none */
  site(): Site;
  readonly path: string | undefined;
  /** false when the file was changed outside or its evidence is broken */
  readonly isWritable: boolean;
  open(path: string): Promise<void>;
  /** writes a new site to a new file and opens it */
  create(site: Site): Promise<void>;
  edit(edit: SiteEdit): void;
  /** a change that nobody made: not to be undone (the training site answers elsewhere at each start) */
  adjust(site: Site): void;
  undo(): void;
  redo(): void;
  /** evidence of the open site; nothing is kept while no site is open */
  record(kind: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  evidence(): Journal["entries"];
  evidenceHead(): string;
  /** resolves when everything is on the disk; otherwise throws why not: file.unwritable or file.changedOutside */
  flush(): Promise<void>;
  /** saves what can be saved and lets the file go, whatever happens */
  close(): Promise<void>;
  /** called when another site was opened or the open one closed or changed */
  onChange(listener: (site: Site | undefined, before: Site | undefined) => void): void;
}

interface OpenSite {
  readonly path: string;
  readonly journal: Journal;
  readonly unlock: () => Promise<void>;
  hash: string;
  site: Site;
  past: Site[];
  future: Site[];
  written: Site;
  notice: FailureView | null;
  /** set when the file may not be written any more */
  readOnly: boolean;
  /** why the last write failed; undefined when it did not */
  unwritten: unknown;
}

export function siteDesk(world: World, tables: Tables): SiteDesk {
  let open: OpenSite | undefined;
  let cancelTimer: (() => void) | undefined;
  let writing: Promise<void> = Promise.resolve();
  const listeners: ((site: Site | undefined, before: Site | undefined) => void)[] = [];

  function need(): OpenSite {
    if (!open) throw new ProblemError({ code: "site.none" });
    return open;
  }

  function show(saved: "saved" | "saving" | "unsaved"): void {
    if (!open) return;
    const { tags: _, ...head } = open.site;
    tables.site.set({
      key: "site",
      head,
      path: open.path,
      saved,
      canUndo: open.past.length > 0,
      canRedo: open.future.length > 0,
      notice: open.notice,
      evidence: {
        lines: open.journal.entries.length,
        head: open.journal.head(),
        cutBytes: open.journal.opened.cutBytes,
      },
    });
  }

  function become(next: Site): void {
    const state = need();
    const before = state.site;
    state.site = next;
    showTags(before.tags, next.tags, tables);
    show("unsaved");
    for (const listener of listeners) listener(next, before);
    // An edit does not wait for the long pause after a failed write.
    if (state.unwritten !== undefined) dropTimer();
    cancelTimer ??= world.clock.after(saveAfterMs, () => void save());
  }

  function dropTimer(): void {
    cancelTimer?.();
    cancelTimer = undefined;
  }

  function save(): Promise<void> {
    dropTimer();
    writing = writing.then(() => write());
    return writing;
  }

  async function write(): Promise<void> {
    const state = open;
    if (!state || state.written === state.site || state.readOnly) return;
    const { site } = state;
    show("saving");
    try {
      const hash = await world.sites.write(state.path, printSite(site), state.hash);
      if (hash === undefined) {
        state.readOnly = true;
        state.unwritten = new ProblemError({ code: "file.changedOutside", path: state.path });
        state.notice = problemView({ code: "file.changedOutside", path: state.path });
      } else {
        state.hash = hash;
        state.written = site;
        state.unwritten = undefined;
        if (state.notice?.code === "file.unwritable") state.notice = null;
      }
    } catch (error) {
      state.unwritten = error;
      state.notice = failuresOf(error)[0] ?? null;
      if (open === state) cancelTimer ??= world.clock.after(saveAgainMs, () => void save());
    }
    showSaved(state);
  }

  function showSaved(state: OpenSite): void {
    if (open === state) show(state.written === state.site ? "saved" : "unsaved");
  }

  /** Writes until nothing came in while writing, or until it cannot be written. */
  async function saveAll(state: OpenSite): Promise<void> {
    do await save();
    while (
      open === state &&
      state.written !== state.site &&
      state.unwritten === undefined &&
      !state.readOnly
    );
  }

  async function take(path: string, known?: Site): Promise<void> {
    const unlock = await world.sites.lock(path);
    let journal: Journal | undefined;
    try {
      const file = await world.sites.read(path);
      if (!file) throw new ProblemError({ code: "file.notFound", path });
      const parsed = known ? { ok: true as const, value: known } : parseSite(file.text);
      if (!parsed.ok) throw new ProblemError(...parsed.problem);
      journal = await world.journals.open(path);
      const { brokenAtLine } = journal.opened;
      const site = parsed.value;
      if (brokenAtLine === undefined)
        await journal.append("site.opened", { name: site.name, hash: file.hash });
      open = {
        path,
        journal,
        unlock,
        hash: file.hash,
        site,
        past: [],
        future: [],
        written: site,
        notice:
          brokenAtLine === undefined
            ? null
            : (failuresOf(new FaultError({ code: "journal.broken", path, line: brokenAtLine }))[0] ?? null),
        readOnly: brokenAtLine !== undefined,
        unwritten: undefined,
      };
    } catch (error) {
      await journal?.close();
      await unlock();
      throw error;
    }
    showTags([], open.site.tags, tables);
    show("saved");
    for (const listener of listeners) listener(open.site, undefined);
  }

  async function close(): Promise<void> {
    const state = open;
    if (!state) return;
    await saveAll(state);
    open = undefined;
    dropTimer();
    await state.journal.close();
    await state.unlock();
    for (const name of ["site", "tags", "jobs", "certificates", "live", "verify"] as const)
      tables[name].clear();
    for (const listener of listeners) listener(undefined, state.site);
  }

  function needWritable(): OpenSite {
    const state = need();
    if (state.readOnly) throw new ProblemError(readOnlyProblem(state));
    return state;
  }

  function readOnlyProblem(state: OpenSite): Problem {
    return state.notice?.code === "file.changedOutside"
      ? { code: "file.changedOutside", path: state.path }
      : { code: "site.readOnly", reason: state.notice?.code ?? "" };
  }

  return {
    site: () => need().site,
    get path() {
      return open?.path;
    },
    get isWritable() {
      return open !== undefined && !open.readOnly;
    },
    async open(path) {
      if (open?.path === path) return;
      await close();
      await take(path);
    },
    async create(site) {
      const path = await world.sites.newPath(site.name);
      await world.sites.write(path, printSite(site), undefined);
      await close();
      await take(path, site);
    },
    edit(edit) {
      const state = needWritable();
      const next = editSite(state.site, edit);
      if (!next.ok) throw new ProblemError(next.problem);
      state.past.push(state.site);
      state.future = [];
      become(next.value);
    },
    adjust(site) {
      if (!need().readOnly) become(site);
    },
    undo() {
      const state = needWritable();
      const last = state.past.pop();
      if (!last) return;
      state.future.push(state.site);
      become(last);
    },
    redo() {
      const state = needWritable();
      const next = state.future.pop();
      if (!next) return;
      state.past.push(state.site);
      become(next);
    },
    async record(kind, body) {
      const state = open;
      if (!state) return;
      await state.journal.append(kind, body);
      showSaved(state);
    },
    evidence: () => open?.journal.entries ?? [],
    evidenceHead: () => open?.journal.head() ?? "",
    async flush() {
      const state = open;
      if (!state) return;
      await saveAll(state);
      if (state.unwritten !== undefined && state.written !== state.site) throw state.unwritten;
    },
    close,
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Only what changed goes to the table: one edited tag among 100,000 costs one item. */
function showTags(before: readonly Tag[], after: readonly Tag[], tables: Tables): void {
  const kept = new Set(after.map(tagKey));
  for (const tag of before) if (!kept.has(tagKey(tag))) tables.tags.remove(tagKey(tag));
  for (const [index, tag] of after.entries()) {
    const key = tagKey(tag);
    const shown = tables.tags.get(key);
    if (shown?.tag === tag && shown.index === index) continue;
    // The view's types are mutable copies of the same shapes.
    const view = { key, index, tag, printed: printAddress(tag.address) } as unknown as TagView;
    tables.tags.set(view);
  }
}
