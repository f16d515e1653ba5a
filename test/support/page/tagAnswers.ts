import type { CallOutput } from "#contract/contract.ts";
import type { ResolveSample } from "#contract/tagViews.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import { scanDone, tags } from "./trainingItems.ts";

/** What calls about the training tags answer: one finding of each severity, a group that is too fast, a table. */
const cost = { reads: 3, bytes: 96, cycleMs: 640 };

export const plan: CallOutput<"tags.plan"> = {
  good: false,
  lines: [
    {
      line: "line-1",
      name: "rtu",
      load: 1.28,
      gateway: { ...cost, cycleMs: 1280 },
      own: { ...cost, reads: 2, cycleMs: 410 },
      measured: [{ unit: 1, waitMs: 12 }],
      groups: [
        {
          group: "feeder1",
          intervalMs: 1000,
          tags: 3,
          gateway: cost,
          own: { ...cost, cycleMs: 210 },
          state: "fits",
          periodMs: 1000,
          advice: null,
        },
        {
          group: "pump",
          intervalMs: 500,
          tags: 3,
          gateway: cost,
          own: { ...cost, cycleMs: 200 },
          state: "over",
          periodMs: 1280,
          advice: { intervalMs: 1300, mostTags: 2, baudRate: 38_400 },
        },
      ],
    },
  ],
};

const [voltage, current, energy] = tags.map(({ key }) => key);
const none = { tag: null, line: null, group: null, field: null, fix: null };
const precise = (key: string | undefined, name: string) => ({
  ...none,
  id: "tag.precision.missing" as const,
  severity: "notice" as const,
  tag: key ?? "",
  field: "precision",
  facts: { name },
  fix: { kind: "changeTags" as const, changes: [{ keys: [key ?? ""], to: { precision: 3 } }] },
});

export const lint: CallOutput<"tags.lint"> = {
  counts: { error: 1, warning: 1, notice: 2 },
  byId: { "group.interval.infeasible": 1, "tag.value.past53": 1, "tag.precision.missing": 2 },
  findings: [
    {
      ...none,
      id: "group.interval.infeasible",
      severity: "error",
      line: "rtu",
      group: "pump",
      field: "intervalMs",
      facts: { group: "pump", line: "rtu", intervalMs: 500, periodMs: 1280, leastMs: 1300 },
      fix: { kind: "setInterval", line: "rtu", group: "pump", intervalMs: 1300 },
    },
    {
      ...none,
      id: "tag.value.past53",
      severity: "warning",
      tag: energy ?? "",
      field: "type",
      facts: { name: "energy", type: "uint64" },
    },
    precise(voltage, "voltage"),
    precise(current, "current"),
  ],
};

export const exported: CallOutput<"tags.export"> = {
  download: "d1",
  name: "North pump station tags.yaml",
  tags: 5,
  losses: [{ field: "unitNumber", tags: 6 }],
  leftOut: ["rtu/pump/run"],
};

const [first] = tags;

/** A sheet whose column "Punkt" was taken for nothing and which does not say its unit. */
export const preview: CallOutput<"tags.preview"> = {
  importId: "i1",
  format: "csv",
  encoding: "gb18030",
  sheets: [],
  sheet: "",
  header: {
    row: 2,
    remembered: false,
    columns: [
      { title: "参数名称", column: "name", samples: ["输出电压", "输出电流"] },
      { title: "寄存器地址", column: "address", samples: ["100", "101"] },
      { title: "数据类型", column: "type", samples: ["U16", "S16"] },
      { title: "Bemerkung zum Messpunkt", column: null, samples: ["Außenleiter gegen N", ""] },
    ],
  },
  addresses: { unitNumber: null, area: "holding", base: null, numbers: null, order: null },
  rows: 4,
  notes: 1,
  good: 1,
  added: 0,
  changed: 1,
  same: 0,
  missing: 2,
  missingKeys: ["rtu/pump/flow", "rtu/pump/run"],
  tags: first
    ? [{ key: first.key, tag: first.tag, printed: first.printed, change: "changed", fields: ["scale"] }]
    : [],
  problems: [
    { kind: "problem", code: "table.choiceMissing", facts: { what: "unit", text: "100" } },
    { kind: "problem", code: "table.choiceMissing", facts: { what: "base", text: "100" } },
    {
      kind: "problem",
      code: "address.malformed",
      facts: { text: "40,0301", expected: "40001, 1!400001" },
      at: { row: 6, column: "address" },
    },
  ],
};

const address = { unit: 1, area: "holding", offset: 0 } as const;
const sample: ResolveSample = { at: 0, first: 0, words: [0, 17_253], expect: "229.0", tolerance: null };
const way = (order: "BL" | "LL", shown: string, delta = 0) => ({
  delta,
  address: { ...address, offset: delta, order },
  type: "float" as const,
  scale: 1,
  printed: printAddress({ ...address, offset: delta, order }),
  shown,
  raw: shown,
  words: "0000 4365",
  orSigned: false,
  off: 0,
});

/** The answer of a resolve job about the first training tag: two ways fit. */
export const ambiguous = {
  ...scanDone,
  key: "resolve-1",
  total: 1,
  done: 1,
  good: false,
  detail: {
    kind: "resolve" as const,
    line: first?.tag.line ?? "",
    ...address,
    samples: [sample],
    verdict: "ambiguous" as const,
    hypotheses: [way("BL", "229"), way("LL", "229.4", 1)],
    nearest: [],
  },
};
