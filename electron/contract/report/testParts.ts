import { itemsOf } from "#domain/acceptance/checklist.ts";
import type { Report } from "#domain/report/report.ts";
import { sayPhrase } from "../words/say.ts";
import { type Drawing, tagText, timeText } from "./drawing.ts";
import { type Html, html, type Row, state, table } from "./html.ts";

/** What was planned, how much of it was judged, and what was not, by name. */
export function scope({ report, words, language }: Drawing): Html {
  const { items, tags } = report.standing;
  const counted = (of: Readonly<Record<string, string>>, counts: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .filter(([key]) => (counts[key] ?? 0) > 0)
      .map(([key, word]) => `${counts[key]} ${word}`)
      .join(" · ");
  return html`<p>${words.scopeSays(items.total, tags.total)}</p>
${table(
  [{ title: words.checklist }, { title: words.version, as: "number" }, { title: words.source, as: "wide" }],
  report.acceptance.checklists.map(({ title, version, source }) => ({
    cells: [title[language], version, source[language]],
  })),
)}${table(
  [{ title: "", as: "narrow" }, { title: words.result }],
  [
    { cells: [words.items, counted(words.countsOf, items)] },
    { cells: [words.points, counted(words.tagCounts, tags)] },
  ].filter(({ cells }) => cells[1] !== ""),
)}${
  report.untested.length > 0 &&
  html`<h3>${words.untested}</h3><ul class="names">${report.untested.map((key) => html`<li>${tagText(key)}</li>`)}</ul>`
}`;
}

const signs = { same: "ok", differs: "bad", stale: "bad", failed: "bad", waiting: "none" } as const;

/** Every attempt at every point; the last one of each stands first. */
export function points(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  if (report.points.length === 0) return html`<p>${words.noPoints}</p>`;
  const attempts = new Map<string, Report["points"][number][]>();
  for (const point of report.points) attempts.set(point.key, [point, ...(attempts.get(point.key) ?? [])]);
  const rows = [...attempts.values()].flatMap((all) =>
    all.map((point, index): Row => {
      const { unit, functionCode, wireAddress, printed, engineeringUnit } = point;
      const value = (text: string | undefined) =>
        text === undefined || text === "" ? "–" : `${text} ${engineeringUnit}`.trim();
      const good = point.state === "same";
      return {
        as: index > 0 ? "old" : good ? undefined : "bad",
        cells: [
          html`${index === 0 ? tagText(point.key) : ""}<br><span class="dim">${index === 0 ? point.line : words.attempt(point.attempt)}</span>`,
          html`<code>${printed}</code><br><span class="dim">${words.wireAddress(unit, functionCode, wireAddress)}</span>`,
          html`${point.type} ${point.order}${point.wire?.words ? html`<br><code>${point.wire.words}</code>` : ""}`,
          html`${value(point.wire?.text)}${point.wire?.by === "gateway" && html`<br><span class="dim">${words.toldByGateway}</span>`}${point.wire?.by === "learned" && html`<br><span class="dim">${words.learned}</span>`}`,
          value(point.gateway?.text),
          html`${value(point.cloud?.text)}`,
          point.latencyMs === null ? "" : Math.round(point.latencyMs),
          html`${state(signs[point.state], words.states[point.state])}${!good && html`<br>${sayPhrase(language, point.says)}`}${point.stimulus !== null && html`<br>${words.movedBy(point.stimulus.from, point.stimulus.to)}`}<br><span class="dim">${timeText(drawing, point.at)}</span>`,
        ],
      } as Row;
    }),
  );
  return html`<p class="dim">${words.pointSays}</p>${table(
    [
      { title: words.tag, as: "fifth" },
      { title: words.address, as: "fifth" },
      { title: words.type, as: "tenth" },
      { title: words.wire, as: "number tenth" },
      { title: words.gateway, as: "number tenth" },
      { title: words.cloud, as: "number tenth" },
      { title: words.ms, as: "number" },
      { title: words.result, as: "eighth" },
    ],
    rows,
  )}`;
}

const handSigns = { pass: "ok", fail: "bad", na: "none", deferred: "warn" } as const;

/** What a person tried and found at single points. */
export function pointsByHand(drawing: Drawing): Html {
  const { report, words } = drawing;
  const rows = Object.entries(report.acceptance.points).flatMap(([tag, attempts]) =>
    attempts.map((one, index): Row => {
      const { kind, applied, instrument, calibratedOn } = one.stimulus;
      const more = [
        ...one.alarms.map((alarm) => words.alarm(alarm.limit, alarm.expected, alarm.actual)),
        ...(one.write === null
          ? []
          : [words.write(one.write.before, one.write.written, one.write.readBack, one.write.restored)]),
        one.note,
      ].filter(Boolean);
      const how = [applied, instrument, calibratedOn && words.calibrated(calibratedOn)].filter(Boolean);
      return {
        ...(index < attempts.length - 1 && { as: "old" as const }),
        cells: [
          tagText(tag),
          html`${words.stimuli[kind]}<br><span class="dim">${how.join(" · ")}</span>`,
          [one.expected, one.tolerance && `± ${one.tolerance}`].filter(Boolean).join(" "),
          one.shown,
          state(handSigns[one.result], words.pointResults[one.result]),
          html`${more.map((text) => html`${text}<br>`)}${photoNames(drawing, one.photos)}`,
          html`${one.by}<br><span class="dim">${timeText(drawing, one.at)}</span>`,
        ],
      };
    }),
  );
  if (rows.length === 0) return html``;
  return html`<h3>${words.byHand}</h3>${table(
    [
      { title: words.tag, as: "fifth" },
      { title: words.stimulus, as: "fifth" },
      { title: words.expected, as: "tenth" },
      { title: words.shown, as: "tenth" },
      { title: words.result, as: "tenth" },
      { title: words.remark },
      { title: words.by, as: "eighth" },
    ],
    rows,
  )}`;
}

const checkSigns = { ok: "ok", nok: "bad", na: "none", left: "warn" } as const;

/** The checklists, section by section, with every attempt. */
export function checks(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  const { checklists, checks } = report.acceptance;
  return html`${checklists.flatMap((list) =>
    list.sections.map((section) => {
      const rows = section.items.flatMap(({ id, severity, says }) => {
        const all = [...(checks[`${list.id}/${section.id}/${id}`] ?? [])].reverse();
        const grade = words.severities[severity];
        if (all.length === 0)
          return [{ cells: [says[language], grade, state("warn", words.results.left), "", ""] }];
        return all.map(
          (one, index): Row => ({
            ...(index > 0 && { as: "old" as const }),
            cells: [
              index === 0 ? says[language] : words.attempt(all.length - index),
              index === 0 ? grade : "",
              state(checkSigns[one.result], words.results[one.result]),
              html`${one.note}${photoNames(drawing, one.photos)}`,
              html`${one.by}<br><span class="dim">${timeText(drawing, one.at)}</span>`,
            ],
          }),
        );
      });
      return html`<h3>${list.title[language]} · ${section.title[language]}</h3>${table(
        [
          { title: words.what, as: "wide" },
          { title: words.severity, as: "tenth" },
          { title: words.result, as: "eighth" },
          { title: words.remark },
          { title: words.by, as: "fifth" },
        ],
        rows,
      )}`;
    }),
  )}`;
}

/** Every bad verdict there was, also those that a retest closed. */
export function deviations(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  if (report.deviations.length === 0) return html`<p>${words.noDeviations}</p>`;
  return html`<p class="dim">${words.deviationSays}</p>${table(
    [
      { title: words.tag },
      { title: words.at, as: "narrow" },
      { title: words.what, as: "wide" },
      { title: words.result, as: "narrow" },
    ],
    report.deviations.map((one) => ({
      cells: [
        html`${tagText(one.key)}<br><span class="dim">${words.attempt(one.attempt)}</span>`,
        timeText(drawing, one.at),
        sayPhrase(language, one.says),
        one.closed ? state("ok", words.closedByRetest) : state("bad", words.stillOpen),
      ],
    })),
  )}`;
}

/** What is left to do, and what was, with who and when. */
export function punchList(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  const { defects, checklists } = report.acceptance;
  if (defects.length === 0) return html`<p>${words.noPunch}</p>`;
  const items = new Map(itemsOf(checklists).map(({ key, says }) => [key, says[language]]));
  return table(
    [
      { title: words.number, as: "number" },
      { title: words.what },
      { title: words.severity, as: "narrow" },
      { title: words.owner, as: "tenth" },
      { title: words.due, as: "narrow" },
      { title: words.opened, as: "eighth" },
      { title: words.closed, as: "eighth" },
    ],
    defects.map(({ number, about, says, severity, owner, due, openedAt, openedBy, closed, photos }) => {
      const subject =
        about.kind === "item" ? items.get(about.item) : about.kind === "tag" ? tagText(about.tag) : undefined;
      const what = says === "" && about.kind === "tag" ? words.verifyFound : says;
      return {
        ...(closed !== null && { as: "old" as const }),
        cells: [
          number,
          html`${subject !== undefined && html`<b>${subject}</b><br>`}${what}${photoNames(drawing, photos)}`,
          words.severities[severity],
          owner === "" && closed === null ? words.nobody : owner,
          due,
          html`${openedBy || words.program_}<br><span class="dim">${timeText(drawing, openedAt)}</span>`,
          closed === null
            ? state("bad", words.open)
            : html`${state("ok", closed.byRetest ? words.closedByRetest : words.closed)}<br>${[closed.by, closed.note].filter(Boolean).join(": ")}<br><span class="dim">${timeText(drawing, closed.at)}</span>`,
        ],
      };
    }),
  );
}

/** Values that were held by force, and what each showed when it was let go. */
export function forced(drawing: Drawing): Html {
  const { report, words } = drawing;
  const rows = report.acceptance.forced.map(({ tag, value, before, at, by, released }) => ({
    cells: [
      tagText(tag),
      before,
      html`${value}<br><span class="dim">${by} ${timeText(drawing, at)}</span>`,
      released === null
        ? state("bad", words.notReleased)
        : html`${released.found}<br><span class="dim">${released.by} ${timeText(drawing, released.at)}</span>`,
    ],
  }));
  if (rows.length === 0) return html``;
  return html`<h3>${words.forcedValues}</h3>${table(
    [{ title: words.tag }, { title: words.before }, { title: words.forcedTo }, { title: words.released }],
    rows,
  )}`;
}

/** Photos are told apart by their place in the list at the end. */
function photoNames({ report, words }: Drawing, photos: readonly string[]): Html {
  if (photos.length === 0) return html``;
  const numbers = photos.map((hash) => report.acceptance.photos.findIndex((one) => one.sha256 === hash) + 1);
  return html`<br><span class="dim">${words.photos} ${numbers.join(", ")}</span>`;
}
