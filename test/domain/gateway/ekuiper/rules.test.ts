import { describe, expect, test } from "vitest";
import { checkRules } from "#domain/gateway/ekuiper/checkRules.ts";
import { diffEkuiper } from "#domain/gateway/ekuiper/diffEkuiper.ts";
import {
  type EkuiperState,
  printRuleset,
  type RunningRule,
  rulesetSchema,
} from "#domain/gateway/ekuiper/ekuiperState.ts";
import { planEkuiper } from "#domain/gateway/ekuiper/planEkuiper.ts";
import { withActionSecrets, withoutActionSecrets } from "#domain/gateway/ekuiper/sealRules.ts";
import { targetEkuiper } from "#domain/gateway/ekuiper/targetEkuiper.ts";

const stream = (name: string, format = "json") => ({
  name,
  sql: `CREATE STREAM ${name} () WITH (TYPE="neuron",FORMAT="${format}")`,
});
const rule = (id: string, changes: Partial<RunningRule> = {}): RunningRule => ({
  id,
  sql: "SELECT * FROM neuron",
  actions: [{ mqtt: { server: "tcp://cloud:1883", topic: id, password: "s3cret" } }],
  options: {},
  triggered: true,
  ...changes,
});
const state = (changes: Partial<EkuiperState> = {}): EkuiperState => ({
  streams: [stream("neuron")],
  tables: [],
  rules: [rule("a")],
  ...changes,
});

test("a rule set goes out and comes back as it was, its rules as JSON inside of JSON", () => {
  const text = printRuleset(state({ rules: [rule("b"), rule("a")] }));

  expect(rulesetSchema.parse(JSON.parse(text))).toEqual(state({ rules: [rule("a"), rule("b")] }));
  expect(printRuleset(rulesetSchema.parse(JSON.parse(text)))).toBe(text);
});

test("a document that is no rule set is refused", () => {
  expect(rulesetSchema.safeParse({ rules: { a: "not JSON" } }).success).toBe(false);
  expect(rulesetSchema.safeParse("<html>").success).toBe(false);
});

describe("differences", () => {
  test("are none where only the layout, defaults and the order of members differ", () => {
    const [one] = state().rules;
    const running = state({
      rules: [
        {
          ...(one as RunningRule),
          sql: "SELECT *\n  FROM neuron ;",
          actions: [{ mqtt: { password: "s3cret", topic: "a", server: "tcp://cloud:1883" } }],
          options: { qos: 0, bufferLength: 1024, restartStrategy: { attempts: 0 } },
        },
      ],
    });

    expect(diffEkuiper(state(), running)).toEqual([]);
  });

  test("name the stream or the rule, and show no password", () => {
    const running = state({ rules: [rule("a", { options: { qos: 1 } }), rule("old")] });
    const rows = diffEkuiper(state({ streams: [stream("neuron"), stream("two")] }), running);

    expect(rows.map(({ kind, change, item }) => `${change} ${kind} ${item}`)).toEqual([
      "add stream two",
      "change rule a",
      "remove rule old",
    ]);
    expect(JSON.stringify(rows)).not.toContain("s3cret");
  });
});

describe("changes", () => {
  const kinds = (wanted: EkuiperState, running: EkuiperState) =>
    planEkuiper(wanted, running).map((change) => {
      if ("stream" in change) return `${change.kind} ${change.stream.name}`;
      if ("rule" in change) return `${change.kind} ${change.rule.id}`;
      return `${change.kind} ${"id" in change ? change.id : change.name}`;
    });

  test("are none for what runs already", () => {
    expect(kinds(state(), state())).toEqual([]);
  });

  test("take rules away before their streams, and bring streams before their rules", () => {
    const running = state({ streams: [stream("old")], rules: [rule("gone")] });

    expect(kinds(state(), running)).toEqual([
      "removeRule gone",
      "removeStream old",
      "addStream neuron",
      "putRule a",
    ]);
  });

  test("stop what reads a changed stream, whoever's it is, and start it again", () => {
    const running = state({ rules: [rule("a"), rule("theirs"), rule("asleep", { triggered: false })] });
    const wanted = { ...running, streams: [stream("neuron", "delimited")] };

    expect(kinds(wanted, running)).toEqual([
      "stopRule a",
      "stopRule theirs",
      "changeStream neuron",
      "startRule a",
      "startRule theirs",
    ]);
  });
});

describe("what a site wants", () => {
  const site = { url: "", streams: [stream("neuron")], rules: [{ ...rule("a") }] };
  const design = { rules: site, secrets: new Map(), own: [] };

  test("stands beside what others have there", () => {
    const target = targetEkuiper(design, state({ rules: [rule("theirs")] }));

    expect(target).toMatchObject({ ok: true, value: { rules: [{ id: "theirs" }, { id: "a" }] } });
  });

  test("takes its own things away when it wants them no more, and nobody else's", () => {
    const running = state({ rules: [rule("mine"), rule("theirs")] });
    const target = targetEkuiper({ ...design, rules: undefined, own: ["rule:mine"] }, running);

    expect(target).toMatchObject({
      ok: true,
      value: { streams: [{ name: "neuron" }], rules: [{ id: "theirs" }] },
    });
  });

  test("gets sealed passwords from what this computer keeps, else from what runs, else it is refused", () => {
    const [held] = site.rules;
    const sealedActions = withoutActionSecrets(held?.actions ?? []);
    const rules = { ...site, rules: [{ ...rule("a"), actions: sealedActions }] };

    expect(JSON.stringify(sealedActions)).not.toContain("s3cret");
    expect(targetEkuiper({ ...design, rules }, state())).toMatchObject({
      ok: true,
      value: { rules: [{ actions: rule("a").actions }] },
    });
    expect(targetEkuiper({ ...design, rules }, state({ rules: [] }))).toMatchObject({
      ok: false,
      problem: [{ code: "rule.invalid", name: "a", reason: "passwordMissing" }],
    });
    expect(withActionSecrets(sealedActions, undefined, rule("a").actions)).toEqual(rule("a").actions);
  });
});

test.each([
  ["no SELECT", { rules: [rule("x", { sql: "DELETE FROM neuron" })] }, "notSelect"],
  ["a stream that is not there", { rules: [rule("x", { sql: "SELECT * FROM b" })] }, "streamMissing"],
  ["no action", { rules: [rule("x", { actions: [{}] })] }, "noAction"],
  [
    "a stream by another name",
    { streams: [{ name: "x", sql: stream("neuron").sql }], rules: [] },
    "notStream",
  ],
])("%s is refused before it is sent", (_name, changes, reason) => {
  const rules = { url: "", ...state(), ...changes };

  expect(checkRules(rules)).toMatchObject([{ code: "rule.invalid", reason }]);
});
