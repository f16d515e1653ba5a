import type { Clock } from "#capabilities/clock.ts";
import { failuresOf } from "#contract/failure.ts";
import type { StageView } from "#contract/views.ts";
import { FaultError } from "#domain/fault.ts";
import { type Phrase, type PhraseCode, phrase } from "#domain/phrase.ts";

/** What a stage found. With notes it is good and yet something to know. */
interface Finding<T> {
  readonly found: Phrase | null;
  readonly value: T;
  readonly notes?: readonly Phrase[];
}

/** A job's list of stages, each with its time, what it found, or why it failed. */
export interface Stages {
  /** runs one stage; what it throws is shown at the stage and thrown on */
  run<T>(code: PhraseCode, work: () => Promise<Finding<T>>): Promise<T>;
  /** runs one stage on which nothing else builds: a fault of the world is shown there as a warning, and that is all */
  attempt(code: PhraseCode, work: () => Promise<Finding<undefined>>): Promise<void>;
  skip(code: PhraseCode, found: Phrase): void;
  /** shows a failure at the stage that was just run, without throwing */
  spoil(code: PhraseCode, found: Phrase): void;
  readonly items: readonly StageView[];
}

export function stageList(
  codes: readonly PhraseCode[],
  clock: Clock,
  show: (stages: StageView[]) => void,
): Stages {
  const items = new Map<PhraseCode, StageView>();
  for (const code of codes) items.set(code, newStage(code));
  const tell = () => show([...items.values()]);
  tell();

  function change(code: PhraseCode, next: Partial<StageView>): void {
    items.set(code, { ...(items.get(code) ?? newStage(code)), ...next });
    tell();
  }

  async function run<T>(code: PhraseCode, failed: "bad" | "warn", work: () => Promise<Finding<T>>) {
    const startedAt = clock.monotonic();
    const spent = () => Math.round(clock.monotonic() - startedAt);
    change(code, { state: "busy", found: null, failure: null });
    try {
      const { found, value, notes = [] } = await work();
      const noted = notes.length > 0 && { notes: [...notes] };
      change(code, { state: noted ? "warn" : "good", ms: spent(), found, ...noted });
      return value;
    } catch (error) {
      const state = error instanceof FaultError ? failed : "bad";
      change(code, { state, ms: spent(), failure: failuresOf(error)[0] ?? null });
      throw error;
    }
  }

  return {
    run: (code, work) => run(code, "bad", work),
    async attempt(code, work) {
      try {
        await run(code, "warn", work);
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
      }
    },
    skip: (code, found) => change(code, { state: "skipped", found }),
    spoil: (code, found) => change(code, { state: "bad", found }),
    get items() {
      return [...items.values()];
    },
  };
}

function newStage(code: PhraseCode): StageView {
  return { key: code, says: phrase(code), state: "waiting", ms: null, found: null, failure: null };
}
