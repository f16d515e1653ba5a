import type { CallOutput } from "#contract/contract.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import type { Program } from "#domain/gateway/program.ts";
import { ProblemError } from "#domain/problem.ts";
import type { JobControl } from "../jobRunner.ts";
import type { SiteDesk } from "../siteDesk.ts";
import type { Tables } from "../tables.ts";
import type { World } from "../world.ts";
import type { ProgramDetail } from "./applyProgram.ts";
import { openEkuiper } from "./openEkuiper.ts";
import { type NanomqAccount, openNanomq } from "./openNanomq.ts";
import type { OpenProgram } from "./openProgram.ts";

/** The programs beside Neuron that somebody signed in to. */
export interface ProgramDesk {
  signIn(program: Program, account: NanomqAccount, signal: AbortSignal): Promise<void>;
  signOut(program: Program): void;
  signOutAll(): void;
  /** @throws ProblemError program.notSignedIn */
  need(program: Program): OpenProgram;
  compare(program: Program, signal: AbortSignal): Promise<CallOutput<"program.diff">>;
  take(program: Program, item: string | null, signal: AbortSignal): Promise<void>;
  run(
    program: Program,
    action: "snapshot" | "apply" | "rollback",
    job: JobControl<ProgramDetail>,
  ): Promise<boolean>;
  /** the site was edited: nobody knows yet how it differs from what runs */
  siteChanged(): void;
}

/** How often what a program shows of itself is asked for while signed in. */
const refreshMs = 5_000;

export function programDesk(world: World, tables: Tables, desk: SiteDesk): ProgramDesk {
  const open = new Map<Program, { readonly program: OpenProgram; readonly watch: AbortController }>();

  function need(program: Program): OpenProgram {
    const found = open.get(program);
    if (!found) throw new ProblemError({ code: "program.notSignedIn", program });
    return found.program;
  }

  function signOut(program: Program): void {
    open.get(program)?.watch.abort(new Error("signed out"));
    open.delete(program);
    tables.programs.remove(program);
  }

  async function refresh(program: Program, signal: AbortSignal): Promise<void> {
    const view = await need(program).view(signal);
    if (open.has(program)) tables.programs.set(view);
  }

  async function follow(program: Program, signal: AbortSignal): Promise<void> {
    for (;;) {
      await world.clock.sleep(refreshMs, signal);
      await refresh(program, signal).catch((error) => {
        if (!(error instanceof FaultError) || signal.aborted) throw error;
        // The password was changed: trying it again and again would only lock the account.
        if (hasFault(error, "program.loginRefused")) signOut(program);
      });
    }
  }

  return {
    async signIn(program, account, signal) {
      desk.site();
      signOut(program);
      const opened = await openers[program](world, desk, account, signal);
      const watch = new AbortController();
      open.set(program, { program: opened, watch });
      try {
        await refresh(program, signal);
        await desk.record("program.signedIn", { program, url: opened.url, user: account.user });
      } catch (error) {
        signOut(program);
        throw error;
      }
      follow(program, watch.signal).catch((error) => {
        if (!watch.signal.aborted) throw error;
      });
    },
    signOut,
    signOutAll() {
      for (const program of [...open.keys()]) signOut(program);
    },
    need,
    compare: (program, signal) => need(program).compare(signal),
    async take(program, item, signal) {
      const opened = need(program);
      desk.edit(await opened.take(item, signal));
      await refresh(program, signal);
    },
    async run(program, action, job) {
      const opened = need(program);
      try {
        if (action === "snapshot") return await opened.snapshot(job);
        return await (action === "apply" ? opened.apply(job) : opened.rollBack(job));
      } finally {
        await refresh(program, new AbortController().signal).catch(() => undefined);
      }
    },
    siteChanged() {
      for (const program of open.keys()) {
        const view = tables.programs.get(program);
        if (view && view.differences !== null) tables.programs.set({ ...view, differences: null });
      }
    },
  };
}

const openers: Readonly<Record<Program, typeof openNanomq>> = {
  nanomq: openNanomq,
  ekuiper: openEkuiper,
};
