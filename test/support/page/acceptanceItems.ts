import type { TopicItem } from "#contract/contract.ts";
import type { Checklist } from "#domain/acceptance/checklist.ts";
import { type EvidenceLine, foldAcceptance } from "#domain/acceptance/foldAcceptance.ts";

const both = (en: string, zh: string) => ({ en, zh });

const checklist: Checklist = {
  id: "site",
  version: 1,
  title: both("Site acceptance test", "现场验收测试"),
  source: both("After the practice of IEC 62381", "参照 IEC 62381 的做法"),
  sections: [
    {
      id: "power",
      title: both("Power", "供电"),
      items: [
        {
          id: "breakers",
          severity: "major",
          says: both("Breakers are of the rating drawn.", "断路器额定值与图纸一致。"),
        },
        {
          id: "cut",
          severity: "major",
          says: both("After a power cut the site comes back by itself.", "断电恢复后，站点能自行恢复运行。"),
          how: both("Switch the cabinet off for one minute.", "将机柜断电一分钟。"),
        },
        {
          id: "labels",
          severity: "minor",
          says: both("Breakers are labelled.", "断路器有标签。"),
        },
      ],
    },
    {
      id: "time",
      title: both("Time", "时间"),
      items: [
        {
          id: "clock",
          severity: "major",
          says: both("The gateway's clock is right within two seconds.", "网关时钟误差不超过两秒。"),
        },
      ],
    },
  ],
};

export const checklistAnswers = {
  checklists: [
    { ...checklist, items: 4 },
    {
      id: "telecom-site",
      version: 1,
      title: both("Telecom site", "通信站点"),
      source: both("After the custom of telecom site acceptance", "参照通信站点验收的惯例"),
      items: 14,
    },
  ].map(({ id, version, title, source, items }) => ({ id, version, title, source, items })),
  problems: [],
};

const by = "M. Chen";
const at = Date.UTC(2026, 10, 20, 14, 0, 0);
const recorded = (minute: number, body: object): EvidenceLine => ({
  at: at + minute * 60_000,
  kind: "acceptance.recorded",
  body: { ...body, by },
});

const planned: EvidenceLine = { at, kind: "acceptance.planned", body: { checklists: [checklist] } };
const lines: readonly EvidenceLine[] = [
  planned,
  recorded(1, { act: "check", item: "site/power/breakers", result: "ok", note: "", photos: [] }),
  recorded(2, {
    act: "check",
    item: "site/power/labels",
    result: "nok",
    note: "F3 and F4 carry no label",
    photos: [],
  }),
  recorded(3, { act: "assign", defect: 1, severity: "minor", owner: "Chen Electric", due: "2026-12-01" }),
  recorded(4, { act: "force", tag: "rtu/feeder1/voltage_l1", value: "240 V", before: "229.4 V" }),
];

function viewOf(evidence: readonly EvidenceLine[]): TopicItem<"acceptance"> {
  return {
    key: "acceptance",
    state: foldAcceptance(evidence) as TopicItem<"acceptance">["state"],
    standing: {
      grade: evidence.length === 0 ? "notHeld" : "open",
      good: false,
      reasons:
        evidence.length === 0
          ? []
          : [
              { reason: "majorItemsLeft", count: 2 },
              { reason: "minorDefects", count: 1 },
              { reason: "tagsUnproved", count: 2 },
              { reason: "forced", count: 1 },
            ],
      items: { total: 4, ok: 1, nok: 1, na: 0, left: 2 },
      tags: { total: 40, proved: 38, bad: 1, deferred: 0, untested: 1 },
      coverage: 0.93,
    },
    tagsLeft: [
      { tag: "rtu/feeder1/voltage_l1", standing: "bad" },
      { tag: "rtu/pump/pressure", standing: "untested" },
    ],
  };
}

/** Nobody has begun; in the middle of it. */
export const acceptanceUnplanned = viewOf([]);
export const acceptanceRunning = viewOf(lines);
