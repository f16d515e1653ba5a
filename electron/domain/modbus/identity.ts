import type { Words } from "../tag/tag.ts";
import { parseIdentification } from "./deviceIdentification.ts";
import { reportServerId } from "./functions.ts";
import { printableText } from "./printableText.ts";
import type { CommonBlock } from "./sunspec.ts";

/** What a unit says of itself; what it does not say is empty. */
export interface SeenIdentity {
  readonly vendor: string;
  /** product code, name and model, as far as they differ */
  readonly product: string;
  readonly revision: string;
  readonly serial: string;
  /** the printable part of its server id (function 17) */
  readonly serverId: string;
  /** ids of the SunSpec models it holds, in their order; model 1 is the common one */
  readonly sunspecModels: readonly number[];
  /** registers of a unit that names itself in no other way */
  readonly registers?: readonly SeenWords[];
}

/** What stood in some registers when they were asked for. */
export interface SeenWords {
  readonly area: "input" | "holding";
  readonly offset: number;
  readonly words: Words;
}

/** Ways by which units tell who they are, the most telling first. */
export const identitySources = ["fc43", "fc17", "sunspec"] as const;
export type IdentitySource = (typeof identitySources)[number];

export const nothingSeen: SeenIdentity = {
  vendor: "",
  product: "",
  revision: "",
  serial: "",
  serverId: "",
  sunspecModels: [],
};

/** The text in an identity reply: objects of FC43/14 joined by spaces, or FC17's printable bytes; empty: none. */
export function identityOf(pdu: Uint8Array): string {
  const part = parseIdentification(pdu);
  if (part) return [...part.objects.values()].filter((text) => text !== "").join(" ");
  if (pdu[0] === reportServerId) return printableText(pdu.subarray(2, 2 + (pdu[1] ?? 0)));
  return "";
}

/** Adds the objects of a device identification. @see MODBUS Application Protocol v1.1b3, 6.21, table of objects */
export function withObjects(seen: SeenIdentity, objects: ReadonlyMap<number, string>): SeenIdentity {
  const text = (id: number) => objects.get(id) ?? "";
  const [vendor, revision] = [text(0), text(2)];
  // Product code, product name, model name: makers repeat themselves.
  const names = [text(1), text(4), text(5)].filter((name) => name !== "");
  const product = names.filter((name, at) => !names.slice(0, at).some((other) => other.includes(name)));
  return { ...seen, vendor, product: product.join(" "), revision };
}

/** Adds SunSpec's common block where the unit did not say it already. */
export function withCommonBlock(
  seen: SeenIdentity,
  block: CommonBlock,
  models: readonly number[],
): SeenIdentity {
  return {
    ...seen,
    vendor: seen.vendor || block.vendor,
    product: seen.product || block.product,
    revision: seen.revision || block.revision,
    serial: seen.serial || block.serial,
    sunspecModels: models,
  };
}

/** Objects of the maker's own choice begin here. */
export const firstOwnObject = 0x80;

/**
 * One line for people, at most 500 characters; empty: it says nothing of itself.
 * @param objects of its device identification; the maker's own stand behind a dot
 */
export function identityText(seen: SeenIdentity, objects: ReadonlyMap<number, string> = new Map()): string {
  const said = [seen.vendor, seen.product, seen.revision].filter((text) => text !== "").join(" ");
  const own = [...objects]
    .filter(([id, text]) => id >= firstOwnObject && text !== "")
    .map(([, text]) => text);
  return [said || seen.serverId, ...own]
    .filter((text) => text !== "")
    .join(" · ")
    .slice(0, 500);
}
