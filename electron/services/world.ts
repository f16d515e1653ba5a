import type { ChecklistStore } from "#capabilities/checklistStore.ts";
import type { Choices } from "#capabilities/choices.ts";
import type { Clock } from "#capabilities/clock.ts";
import type { Crypto } from "#capabilities/crypto.ts";
import type { Discovery } from "#capabilities/discovery.ts";
import type { Gateways } from "#capabilities/gatewayApi.ts";
import type { GatewayFinder } from "#capabilities/gatewayFinder.ts";
import type { GatewayIdentities } from "#capabilities/gatewayIdentities.ts";
import type { Journals } from "#capabilities/journal.ts";
import type { Lines, SerialPorts } from "#capabilities/line.ts";
import type { OutputFolders } from "#capabilities/outputFolders.ts";
import type { PhotoStore } from "#capabilities/photoStore.ts";
import type { ProfileStore } from "#capabilities/profileStore.ts";
import type { QrCodes } from "#capabilities/qrCodes.ts";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import type { Secrets } from "#capabilities/secrets.ts";
import type { SiteStore } from "#capabilities/siteStore.ts";
import type { Training, TrainingMaterial } from "#capabilities/training.ts";
import type { Tunnels } from "#capabilities/tunnels.ts";
import type { Unpack } from "#capabilities/unpack.ts";
import type { Brokers } from "#capabilities/uplink.ts";

/** Everything the services may ask of the world; built in hosts/compose.ts alone. */
export interface World {
  readonly clock: Clock;
  readonly crypto: Crypto;
  readonly sites: SiteStore;
  readonly choices: Choices;
  readonly journals: Journals;
  readonly outputs: OutputFolders;
  readonly profiles: ProfileStore;
  readonly unpack: Unpack;
  readonly checklists: ChecklistStore;
  readonly photos: PhotoStore;
  readonly printer: ReportPrinter;
  readonly qrCodes: QrCodes;
  readonly secrets: Secrets;
  readonly ports: SerialPorts;
  readonly lines: Lines;
  readonly discovery: Discovery;
  readonly gateways: Gateways;
  readonly gatewayFinder: GatewayFinder;
  readonly identities: GatewayIdentities;
  readonly tunnels: Tunnels;
  readonly brokers: Brokers;
  readonly training: Training & TrainingMaterial;
  readonly version: string;
  readonly host: "desktop" | "web" | "cli";
}
