import { streamsRead } from "#domain/gateway/ekuiper/checkRules.ts";

/** A refusal: status, eKuiper's own number, and its words. */
export class Refused extends Error {
  readonly status: number;
  readonly number: number;

  constructor(status: number, number: number, message: string) {
    super(message);
    this.name = "Refused";
    this.status = status;
    this.number = number;
  }
}

export interface StoredRule {
  readonly id: string;
  /** as it was given, with whether it is to run */
  body: Record<string, unknown>;
  runs: boolean;
  /** why it does not run although it should */
  error: string;
  startedMs: number;
}

/** What an eKuiper keeps: streams, tables and rules, which survive its end. */
export interface EkuiperStore {
  readonly streams: Map<string, string>;
  readonly tables: Map<string, string>;
  readonly rules: Map<string, StoredRule>;
  addStream(sql: string): string;
  replaceStream(name: string, sql: string): void;
  dropStream(kind: "streams" | "tables", name: string): void;
  /** @param mayReplace PUT makes a rule that is not there yet, POST refuses one that is */
  putRule(text: string, name: string | undefined, mayReplace: boolean): StoredRule;
  dropRule(id: string): void;
  rule(id: string): StoredRule;
  start(rule: StoredRule): void;
  stop(rule: StoredRule): void;
}

const created = /^\s*CREATE\s+(STREAM|TABLE)\s+`?([\p{L}\p{N}_-]+)`?\s*\(/iu;

/** The targets that it is delivered with. */
const sinks = new Set([
  "mqtt",
  "neuron",
  "rest",
  "memory",
  "log",
  "nop",
  "file",
  "redis",
  "websocket",
  "edgex",
]);

export function makeStore(): EkuiperStore {
  const streams = new Map<string, string>();
  const tables = new Map<string, string>();
  const rules = new Map<string, StoredRule>();

  function parse(sql: string): { readonly kind: "streams" | "tables"; readonly name: string } {
    const match = created.exec(sql);
    if (!match)
      throw new Refused(400, 2101, `Stream command error: found "${sql.slice(0, 12)}", expected CREATE`);
    return { kind: match[1]?.toUpperCase() === "TABLE" ? "tables" : "streams", name: match[2] ?? "" };
  }

  /** A rule is made all the same when it cannot run; then its status says why. */
  function start(rule: StoredRule): void {
    rule.body = { ...rule.body, triggered: true };
    rule.error = hindrance(rule.body);
    rule.runs = rule.error === "";
    rule.startedMs = Date.now();
  }

  function hindrance({ sql, actions }: StoredRule["body"]): string {
    const missing = streamsRead(String(sql)).find((name) => !streams.has(name) && !tables.has(name));
    if (missing !== undefined) return `fail to get stream ${missing}, please check if stream is created`;
    const targets = (actions as Record<string, unknown>[]).flatMap((action) => Object.keys(action));
    const stranger = targets.find((name) => !sinks.has(name));
    return stranger === undefined ? "" : `sink ${stranger} not found`;
  }

  function rule(id: string): StoredRule {
    const found = rules.get(id);
    if (!found) throw new Refused(404, 1002, `Rule ${id} is not found`);
    return found;
  }

  const store: EkuiperStore = {
    streams,
    tables,
    rules,
    addStream(sql) {
      const { kind, name } = parse(sql);
      if (store[kind].has(name))
        throw new Refused(
          400,
          1000,
          `Stream command error: Create stream fails: Item ${name} already exists.`,
        );
      store[kind].set(name, sql);
      return name;
    },
    replaceStream(name, sql) {
      const { kind, name: made } = parse(sql);
      if (made !== name)
        throw new Refused(
          400,
          1000,
          `Stream command error: Replace stream fails: the sql statement must update the ${name} source.`,
        );
      if (!store[kind].has(name)) throw new Refused(404, 1002, `Stream command error: ${name} is not found`);
      store[kind].set(name, sql);
    },
    dropStream(kind, name) {
      if (!store[kind].delete(name))
        throw new Refused(404, 1002, `delete ${kind.slice(0, -1)} error: ${name} is not found.`);
    },
    putRule(text, name, mayReplace) {
      const body = bodyOf(text);
      const id = name ?? body.id;
      if (typeof id !== "string" || id === "")
        throw new Refused(400, 1000, "Create rule error: missing rule id");
      if (typeof body.sql !== "string" || !/^\s*SELECT\s/i.test(body.sql))
        throw new Refused(
          400,
          2001,
          `Create rule error: Parse SQL error: found "${String(body.sql).slice(0, 12)}", expected SELECT.`,
        );
      if (!Array.isArray(body.actions) || body.actions.length === 0)
        throw new Refused(400, 1000, "Create rule error: Missing rule actions.");
      if (!mayReplace && rules.has(id))
        throw new Refused(400, 1000, `Create rule error: Rule ${id} already exists`);
      const made: StoredRule = { id, body: { ...body, id }, runs: false, error: "", startedMs: 0 };
      rules.set(id, made);
      if (body.triggered !== false) start(made);
      return made;
    },
    dropRule(id) {
      rule(id);
      rules.delete(id);
    },
    rule,
    start,
    stop(one) {
      one.body = { ...one.body, triggered: false };
      one.runs = false;
      one.error = "";
    },
  };
  return store;
}

function bodyOf(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body))
      return body as Record<string, unknown>;
  } catch {
    // Said below, as for anything that is no rule.
  }
  throw new Refused(400, 1000, "Create rule error: Parse rule error: invalid JSON.");
}
