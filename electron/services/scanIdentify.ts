import { hasFault } from "#domain/fault.ts";
import {
  identificationLevels,
  identificationRequest,
  parseIdentification,
} from "#domain/modbus/deviceIdentification.ts";
import { reportServerId } from "#domain/modbus/functions.ts";
import {
  firstOwnObject,
  type IdentitySource,
  identityOf,
  identitySources,
  identityText,
  nothingSeen,
  type SeenIdentity,
  type SeenWords,
  withCommonBlock,
  withObjects,
} from "#domain/modbus/identity.ts";
import { parseReadReply, readRequest } from "#domain/modbus/pdu.ts";
import {
  commonModel,
  isSunspecMarker,
  modelOf,
  parseCommonBlock,
  sunspecBases,
  sunspecHead,
} from "#domain/modbus/sunspec.ts";
import type { FingerprintPlace } from "#domain/profile/fingerprint.ts";
import type { Words } from "#domain/tag/tag.ts";

/** Asks the unit once; the answer's PDU, or the faults of Line.exchange. */
export type AskUnit = (pdu: Uint8Array) => Promise<Uint8Array>;

export interface Identified {
  readonly seen: SeenIdentity;
  /** one line for people; empty: it said nothing */
  readonly text: string;
  /** the ways by which it said something */
  readonly by: readonly IdentitySource[];
}

/** A device that keeps saying "more follows" is left after as many parts, and a chain of models after as many. */
const mostParts = 32;
const mostModels = 40;

/**
 * Asks a unit who it is: device identification as far as it goes, server id, SunSpec models. What it refuses or leaves
 * unanswered counts as not said.
 *
 * @param ways which of them to try; all unless told
 * @param places registers that are looked at where it says nothing in any way
 * @throws what says that the line, not the unit, failed
 */
export async function identify(
  ask: AskUnit,
  ways: readonly IdentitySource[] = identitySources,
  places: readonly FingerprintPlace[] = [],
): Promise<Identified> {
  const asker = quietly(ask);
  const by: IdentitySource[] = [];
  let seen = nothingSeen;
  const objects = ways.includes("fc43") ? await identificationObjects(asker) : new Map<number, string>();
  if (objects.size > 0) {
    seen = withObjects(seen, objects);
    by.push("fc43");
  }
  const server = ways.includes("fc17") && (await asker(Uint8Array.of(reportServerId)));
  const serverId = server ? identityOf(server) : "";
  if (serverId !== "") {
    seen = { ...seen, serverId };
    by.push("fc17");
  }
  const withSunspec = ways.includes("sunspec") ? await sunspec(asker, seen) : undefined;
  if (withSunspec) by.push("sunspec");
  seen = withSunspec ?? seen;
  if (by.length === 0 && places.length > 0) seen = { ...seen, registers: await words(asker, places) };
  return { seen, text: identityText(seen, objects), by };
}

type QuietAsk = (pdu: Uint8Array) => Promise<Uint8Array | undefined>;

/** Twice where no frame was whole; undefined where the unit does not answer or refuses. */
function quietly(ask: AskUnit): QuietAsk {
  return async (pdu) => {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return await ask(pdu);
      } catch (error) {
        if (hasFault(error, "line.exception") || hasFault(error, "line.silent")) return undefined;
        if (!hasFault(error, "line.badFrame")) throw error;
      }
    }
    return undefined;
  };
}

/** All objects of the highest level that the device says it has. */
async function identificationObjects(ask: QuietAsk): Promise<ReadonlyMap<number, string>> {
  const objects = new Map<number, string>();
  let has: number = identificationLevels.basic;
  for (let level: number = identificationLevels.basic; level <= has; level++) {
    // The maker's own objects begin there; asked from 0, some devices begin anew with the basic ones.
    let next: number | undefined = level === identificationLevels.extended ? firstOwnObject : 0;
    for (let part = 0; next !== undefined && part < mostParts; part++) {
      const pdu: Uint8Array | undefined = await ask(identificationRequest(level, next));
      const reply = pdu && parseIdentification(pdu);
      if (!reply) break;
      if (level === identificationLevels.basic) has = Math.min(reply.level, identificationLevels.extended);
      for (const [id, text] of reply.objects) objects.set(id, text);
      // A device that points back would be asked for ever.
      next = reply.next !== undefined && reply.next > next ? reply.next : undefined;
    }
  }
  return objects;
}

async function sunspec(ask: QuietAsk, seen: SeenIdentity): Promise<SeenIdentity | undefined> {
  for (const base of sunspecBases) {
    const marker = await registers(ask, base, sunspecHead);
    if (!marker || !isSunspecMarker(marker)) continue;
    const models: number[] = [];
    let known = seen;
    for (let at = base + sunspecHead; models.length < mostModels && at + sunspecHead <= 0x1_0000; ) {
      const head = await registers(ask, at, sunspecHead);
      const model = head && modelOf(head);
      if (!model) break;
      models.push(model.id);
      if (model.id === commonModel.id && model.registers >= commonModel.registers) {
        const body = await registers(ask, at + sunspecHead, commonModel.registers);
        if (body) known = withCommonBlock(known, parseCommonBlock(body), []);
      }
      at += sunspecHead + model.registers;
    }
    return { ...known, sunspecModels: models };
  }
  return undefined;
}

async function words(ask: QuietAsk, places: readonly FingerprintPlace[]): Promise<readonly SeenWords[]> {
  const seen: SeenWords[] = [];
  for (const { area, offset, registers: count } of places) {
    const found = await registers(ask, offset, count, area);
    if (found) seen.push({ area, offset, words: [...found] });
  }
  return seen;
}

async function registers(
  ask: QuietAsk,
  offset: number,
  count: number,
  area: SeenWords["area"] = "holding",
): Promise<Words | undefined> {
  const pdu = await ask(readRequest(area, offset, count));
  return pdu && parseReadReply(pdu, area, count);
}
