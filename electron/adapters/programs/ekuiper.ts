import { z } from "zod";
import type { Ekuipers } from "#capabilities/ekuiperApi.ts";
import { printRule, rulesetSchema } from "#domain/gateway/ekuiper/ekuiperState.ts";
import type { EkuiperChange } from "#domain/gateway/ekuiper/planEkuiper.ts";
import { originOf, type ProgramCall, programCall, type Refused } from "./programCall.ts";

const usualAnswerMs = 10_000;

const rootReply = z.looseObject({ version: z.string(), upTimeSeconds: z.number() });
const rulesReply = z.array(z.looseObject({ id: z.string(), status: z.string() }));
const refusal = z.looseObject({ error: z.number(), message: z.string() });
/** A line of text, or nothing. */
const anything = z.unknown();

/** eKuiper's REST API, as its versions 1 and 2 are described; without authentication. */
export function ekuipers(answerMs = usualAnswerMs): Ekuipers {
  return {
    async open(url, signal) {
      const place = { program: "ekuiper", origin: originOf(url), limitMs: answerMs } as const;
      const ask = <T>(call: ProgramCall<T>, until: AbortSignal) => programCall(place, call, refusedIn, until);
      const { version } = await ask({ method: "GET", path: "/", reply: rootReply }, signal);
      return {
        url: place.origin,
        version,
        ruleset: (until) => ask({ method: "POST", path: "/ruleset/export", reply: rulesetSchema }, until),
        statuses: (until) => ask({ method: "GET", path: "/rules", reply: rulesReply }, until),
        async change(change, until) {
          await ask({ ...callOf(change), reply: anything }, until);
        },
      };
    },
  };
}

function callOf(change: EkuiperChange): Omit<ProgramCall<unknown>, "reply"> {
  switch (change.kind) {
    case "addStream":
      return { method: "POST", path: "/streams", body: JSON.stringify({ sql: change.stream.sql }) };
    case "changeStream":
      return {
        method: "PUT",
        path: `/streams/${encodeURIComponent(change.stream.name)}`,
        body: JSON.stringify({ sql: change.stream.sql }),
      };
    case "removeStream":
      return { method: "DELETE", path: `/streams/${encodeURIComponent(change.name)}` };
    case "putRule":
      return {
        method: "PUT",
        path: `/rules/${encodeURIComponent(change.rule.id)}`,
        body: printRule(change.rule),
      };
    case "removeRule":
      return { method: "DELETE", path: `/rules/${encodeURIComponent(change.id)}` };
    case "startRule":
      return { method: "POST", path: `/rules/${encodeURIComponent(change.id)}/start` };
    default:
      return { method: "POST", path: `/rules/${encodeURIComponent(change.id)}/stop` };
  }
}

function refusedIn(json: unknown, status: number): Refused | undefined {
  if (status >= 200 && status < 300) return undefined;
  const said = refusal.safeParse(json);
  return said.success ? { error: said.data.error, says: said.data.message } : undefined;
}
