import type { AcceptanceDesk } from "./acceptance/acceptanceDesk.ts";
import type { GatewayDesk } from "./gatewayDesk.ts";
import type { JobRunner } from "./jobRunner.ts";
import type { LineDesk } from "./lineDesk.ts";
import type { LintDesk } from "./lintDesk.ts";
import type { LiveValues } from "./liveValues.ts";
import type { GatewayProbe } from "./probe/gatewayProbe.ts";
import type { ProfileDesk } from "./profileDesk.ts";
import type { ProgramDesk } from "./programs/programDesk.ts";
import type { ReportDesk } from "./report/reportDesk.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Tables } from "./tables.ts";
import type { TagDesk } from "./tagDesk.ts";
import type { ThingDesk } from "./thingDesk.ts";
import type { Transfers } from "./transfers.ts";
import type { WireLog } from "./wireLog.ts";
import type { World } from "./world.ts";

/** What the calls of the contract act on; made once a workbench. */
export interface Parts {
  readonly world: World;
  readonly tables: Tables;
  readonly desk: SiteDesk;
  readonly lines: LineDesk;
  readonly live: LiveValues;
  readonly gateway: GatewayDesk;
  readonly probe: GatewayProbe;
  readonly programs: ProgramDesk;
  readonly files: Transfers;
  readonly tags: TagDesk;
  readonly profiles: ProfileDesk;
  readonly things: ThingDesk;
  readonly lint: LintDesk;
  readonly acceptance: AcceptanceDesk;
  readonly reports: ReportDesk;
  readonly jobs: JobRunner;
  readonly wire: WireLog;
  /** opening and closing come one after another: two pages that open a site at once both get it */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** ends what belongs to the open site and closes it; throws file.unwritable with the site still open */
  leave(): Promise<void>;
  /** shows and records the jobs that the program left behind in the site that was just opened */
  tellInterrupted(): Promise<void>;
}
