import { readsWithin, widenedRead } from "#domain/modbus/wording.ts";
import type { Request, SentRequests } from "./sentRequests.ts";

/** What to put on the wire next for a request, so that no late reply to another can be taken for its own. */
export type Step =
  /** the request itself, or the same read with a few registers more */
  | { readonly at: "ask"; readonly pdu: Uint8Array }
  /** a small read in between: once it is answered, what was asked before is past coming */
  | { readonly at: "askBefore"; readonly pdu: Uint8Array }
  /** nothing before `untilMs`, monotonic */
  | { readonly at: "wait"; readonly untilMs: number };

const mostMore = 7;

/**
 * Chooses the wording of a request. In this order: one whose reply no outstanding reply resembles; one whose rivals
 * the unit has overtaken by a later answer; a read in between that makes it so; the one whose rivals are longest ago.
 *
 * @param refused whether the unit has refused this very request before
 */
export function nextStep(
  request: Request,
  sent: SentRequests,
  refused: (request: Request) => boolean,
  now: number,
): Step {
  const worded = (pdu: Uint8Array) => {
    const { unit } = request;
    return { pdu, standing: sent.standing({ unit, pdu }, now) };
  };
  const plain = worded(request.pdu);
  if (plain.standing.at === "clear") return { at: "ask", pdu: request.pdu };
  const wordings = [plain];
  for (let more = 1; more <= mostMore; more++) {
    const pdu = widenedRead(request.pdu, more);
    if (pdu === undefined || refused({ unit: request.unit, pdu })) continue;
    const wider = worded(pdu);
    if (wider.standing.at === "clear") return { at: "ask", pdu };
    wordings.push(wider);
  }
  const overtaken = wordings.flatMap(({ pdu, standing }) =>
    standing.at === "overtaken" ? [{ pdu, at: standing.sinceMs }] : [],
  );
  const longestAgo = earliest(overtaken);
  if (longestAgo !== undefined) return { at: "ask", pdu: longestAgo.pdu };
  const between = readsWithin(request.pdu).find((pdu) => {
    return !refused({ unit: request.unit, pdu }) && worded(pdu).standing.at === "clear";
  });
  if (between !== undefined) return { at: "askBefore", pdu: between };
  const soonest = earliest(
    wordings.flatMap(({ pdu, standing }) =>
      standing.at === "waiting" ? [{ pdu, at: standing.clearAt }] : [],
    ),
  );
  if (soonest === undefined || soonest.at <= now) return { at: "ask", pdu: soonest?.pdu ?? request.pdu };
  return { at: "wait", untilMs: soonest.at };
}

function earliest<Timed extends { readonly at: number }>(all: readonly Timed[]): Timed | undefined {
  return all.reduce<Timed | undefined>(
    (first, one) => (first === undefined || one.at < first.at ? one : first),
    undefined,
  );
}
