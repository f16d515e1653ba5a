import type { Journal, JournalCopy } from "#capabilities/journal.ts";
import { failuresOf, problemView } from "#contract/failure.ts";
import { FaultError } from "#domain/fault.ts";
import { ProblemError } from "#domain/problem.ts";
import { editSite, putTagsInSlices, type SiteEdit } from "#domain/site/edit.ts";
import type { Site } from "#domain/site/site.ts";
import { parseSite, printSite, printSiteInSlices } from "#domain/site/siteFile.ts";
import { runThrough } from "#domain/sliced.ts";
import { inSlices } from "./inSlices.ts";
import { type OpenSite, readOnlyProblem } from "./openSite.ts";
import { showTags } from "./shownTags.ts";
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
  /** the edit for as many tags as a table brings: lets everything else come between */
  putTags(edit: Extract<SiteEdit, { kind: "putTags" }>, signal: AbortSignal): Promise<void>;
  /** a change that nobody made: not to be undone (the training site answers elsewhere at each start) */
  adjust(site: Site): void;
  undo(): void;
  redo(): void;
  /** evidence of the open site; nothing is kept while no site is open */
  record(kind: string, body: Readonly<Record<string, unknown>>): Promise<void>;
  evidence(): Journal["entries"];
  evidenceHead(): string;
  /** the evidence file as it stands */
  evidenceCopy(): Promise<JournalCopy>;
  /** resolves when everything is on the disk; otherwise throws why not: file.unwritable or file.changedOutside */
  flush(): Promise<void>;
  /** saves what can be saved and lets the file go, whatever happens */
  close(): Promise<void>;
  /** called when another site was opened or the open one closed or changed */
  onChange(listener: (site: Site | undefined, before: Site | undefined) => void): void;
}

/** What has begun is shown and written to its end. */
const untilDone = new AbortController().signal;

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
    const before = need().site;
    need().site = next;
    runThrough(showTags(next.tags, tables, () => true));
    changed(next, before);
  }

  /** Shows and saves what the site has become. */
  function changed(next: Site, before: Site): void {
    const state = need();
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
      const text = await inSlices(printSiteInSlices(site), world, untilDone);
      const hash = await world.sites.write(state.path, text, state.hash);
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
    runThrough(showTags(open.site.tags, tables, () => true));
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
    for (const name of ["site", "tags", "jobs", "certificates", "live", "verify", "acceptance"] as const)
      tables[name].clear();
    for (const listener of listeners) listener(undefined, state.site);
  }

  function needWritable(): OpenSite {
    const state = need();
    if (state.readOnly) throw new ProblemError(readOnlyProblem(state));
    return state;
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
    async putTags(edit, signal) {
      const state = needWritable();
      for (;;) {
        const before = state.site;
        const next = await inSlices(putTagsInSlices(before, edit), world, signal);
        if (!next.ok) throw new ProblemError(next.problem);
        if (open !== state) throw new ProblemError({ code: "site.none" });
        // Somebody edited it meanwhile: the tags are put into what is there now.
        if (state.site !== before) continue;
        needWritable();
        state.past.push(before);
        state.future = [];
        state.site = next.value;
        changed(next.value, before);
        const isCurrent = () => open === state && state.site === next.value;
        return inSlices(showTags(next.value.tags, tables, isCurrent), world, untilDone);
      }
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
    evidenceCopy: async () => need().journal.copy(),
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
