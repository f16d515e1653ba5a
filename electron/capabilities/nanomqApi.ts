import type { RunningBridge } from "#domain/gateway/nanomq/bridgeSchema.ts";

/** What a bridge has done since the broker's process started, or since it was changed live. */
export interface BridgeCounts {
  readonly name: string;
  /** connections made: the broker tells nothing else of whether a bridge is connected */
  readonly connections: number;
  readonly sent: number;
  readonly received: number;
  readonly dropped: number;
}

/**
 * A NanoMQ whose account was taken. Faults: gateway.unreachable, program.refused (with NanoMQ's own number),
 * program.loginRefused when its password was changed since, program.unexpected.
 */
export interface NanomqSession {
  readonly url: string;
  readonly user: string;
  /** `0.25.5-7` */
  readonly version: string;
  readonly defaultPassword: boolean;
  /** newer builds give out their configuration file; 0.25.5 does not */
  readonly handsOutFile: boolean;
  /** since its process started, whole seconds */
  uptimeSeconds(signal: AbortSignal): Promise<number>;
  /** passwords in clear, as the broker gives them */
  bridges(signal: AbortSignal): Promise<readonly RunningBridge[]>;
  /** its configuration file, passwords in clear; undefined from a build that does not hand it out */
  file(signal: AbortSignal): Promise<string | undefined>;
  counts(signal: AbortSignal): Promise<readonly BridgeCounts[]>;
  /** clients that are connected to it */
  clients(signal: AbortSignal): Promise<number>;
  /** changes a bridge that is there, at once and until the broker's next start; TLS files cannot be told this way */
  putBridge(bridge: RunningBridge, signal: AbortSignal): Promise<void>;
  /** writes the file that counts from the next start on. It must be read before: over a syntax error the broker ends */
  writeFile(text: string, signal: AbortSignal): Promise<void>;
  /** resolves when the broker has taken the order; it is away for a moment then */
  restart(signal: AbortSignal): Promise<void>;
}

export interface Nanomqs {
  signIn(url: string, user: string, password: string, signal: AbortSignal): Promise<NanomqSession>;
}
