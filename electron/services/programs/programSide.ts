import type { Program, ProgramDifference } from "#domain/gateway/program.ts";
import type { Phrase } from "#domain/phrase.ts";

/** A program beside Neuron as changing it safely needs it; `S` is all that it runs, as far as it tells. */
export interface ProgramSide<S> {
  readonly program: Program;
  readonly url: string;
  read(signal: AbortSignal): Promise<S>;
  /**
   * Makes the program run `target` by the fewest calls; it may need a moment more until it shows it.
   *
   * @returns how many calls changed something
   */
  change(target: S, running: S, signal: AbortSignal): Promise<number>;
  /** resolves to what is good about it, throws program.unhealthy when nothing is */
  health(target: S, signal: AbortSignal): Promise<Phrase>;
  differences(target: S, running: S): readonly ProgramDifference[];
  /** everything that the program shows, without passwords: the same for the same state */
  print(state: S): string;
  /** whole, for the store of secrets, and back */
  keep(state: S): string;
  restore(text: unknown): S | undefined;
  /** without passwords, for the evidence, and with them again; `lost` has none that is known */
  sealed(state: S): S;
  unsealed(kept: S, running: S, touched: ReadonlySet<string>): { readonly state: S; readonly lost?: string };
  /** what has another password in one than in the other */
  touched(target: S, running: S): readonly string[];
  /** see ProgramIntent */
  isBlind(target: S, running: S): boolean;
}
