import type { Clock } from "#capabilities/clock.ts";
import { failuresOf } from "#contract/failure.ts";
import type { StageView } from "#contract/views.ts";
import { type Phrase, type PhraseCode, phrase } from "#domain/phrase.ts";

/** A job's list of stages, each with its time, what it found, or why it failed. */
export interface Stages {
  /** runs one stage; what it throws is shown at the stage and thrown on */
  run<T>(
    code: PhraseCode,
    work: () => Promise<{ readonly found: Phrase | null; readonly value: T }>,
  ): Promise<T>;
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

  return {
    async run(code, work) {
      const startedAt = clock.monotonic();
      const spent = () => Math.round(clock.monotonic() - startedAt);
      change(code, { state: "busy", found: null, failure: null });
      try {
        const { found, value } = await work();
        change(code, { state: "good", ms: spent(), found });
        return value;
      } catch (error) {
        change(code, { state: "bad", ms: spent(), failure: failuresOf(error)[0] ?? null });
        throw error;
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
