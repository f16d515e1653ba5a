import type { EkuiperState } from "#domain/gateway/ekuiper/ekuiperState.ts";
import type { EkuiperChange } from "#domain/gateway/ekuiper/planEkuiper.ts";

export interface RuleStatus {
  readonly id: string;
  /** `running`, or eKuiper's words for why not */
  readonly status: string;
}

/**
 * An eKuiper 1.x or 2.x. Faults: gateway.unreachable, program.refused (with eKuiper's number and words),
 * program.loginRefused where it wants a token, program.unexpected.
 */
export interface EkuiperSession {
  readonly url: string;
  readonly version: string;
  /** everything that it runs; passwords in the rules' actions are in clear */
  ruleset(signal: AbortSignal): Promise<EkuiperState>;
  statuses(signal: AbortSignal): Promise<readonly RuleStatus[]>;
  change(change: EkuiperChange, signal: AbortSignal): Promise<void>;
}

export interface Ekuipers {
  open(url: string, signal: AbortSignal): Promise<EkuiperSession>;
}
