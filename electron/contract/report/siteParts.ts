import { sayPhrase } from "../words/say.ts";
import { type Drawing, groupedDigest, timeText } from "./drawing.ts";
import { facts, type Html, html, state, table } from "./html.ts";

/** The lines and the units on them, as they were found. */
export function asBuilt({ report, words }: Drawing): Html {
  if (report.lines.length === 0) return html`<p>${words.noLines}</p>`;
  const { gateway } = report;
  return html`${
    gateway !== null &&
    facts([
      [words.serial, gateway.serial],
      [words.keyFingerprint, gateway.keyFingerprint.slice(0, 20)],
    ])
  }${table(
    [
      { title: words.line },
      { title: words.place },
      { title: words.settings, as: "narrow" },
      { title: words.unit, as: "number" },
      { title: words.name },
      { title: words.identity },
      { title: words.profile },
    ],
    report.lines.flatMap(({ name, place, settings, units }) => {
      const none = { number: "–", name: "", identity: "", profile: "" };
      return (units.length === 0 ? [none] : units).map((unit, index) => ({
        cells: [
          ...(index === 0 ? [name, place, settings] : ["", "", ""]),
          unit.number,
          unit.name,
          unit.identity,
          unit.profile,
        ],
      }));
    }),
  )}`;
}

const certificateSigns = { good: "ok", slow: "warn", bad: "bad" } as const;

/** How good each line was when it was measured, unit by unit. */
export function certificates(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  const rows = report.lines.flatMap(({ name, certificates }) =>
    certificates.map(({ unit, verdict, says, asked, good, p50Ms, p99Ms, at }) => ({
      cells: [
        name,
        unit,
        html`${state(certificateSigns[verdict], words.certified[verdict])}<br>${sayPhrase(language, says)}`,
        asked,
        asked - good,
        p50Ms === null ? "–" : Math.round(p50Ms),
        p99Ms === null ? "–" : Math.round(p99Ms),
        timeText(drawing, at),
      ],
    })),
  );
  if (rows.length === 0) return html`<p>${words.noCertificates}</p>`;
  return table(
    [
      { title: words.line },
      { title: words.unit, as: "number" },
      { title: words.result, as: "wide" },
      { title: words.asked, as: "number" },
      { title: words.lost, as: "number" },
      { title: words.median, as: "number" },
      { title: words.slowest, as: "number" },
      { title: words.at, as: "narrow" },
    ],
    rows,
  );
}

const stageSigns = { good: "ok", warn: "warn", bad: "bad" } as const;

/** Where the values go, and what the check found on the way. */
export function uplink(drawing: Drawing): Html {
  const { report, words, language } = drawing;
  const { uplink } = report;
  if (uplink === null) return html`<p>${words.noUplink}</p>`;
  const { host, port, version, clientId, qos, tls, mutualTls, topics, check } = uplink;
  const known = facts([
    [words.broker, `${host}:${port} · MQTT ${version}`],
    [words.security, words.tls[mutualTls ? "mutual" : tls ? "tls" : "none"]],
    [words.clientId, clientId],
    [words.qos, String(qos)],
    [words.topics, html`${topics.map((topic) => html`<code>${topic}</code><br>`)}`],
  ]);
  if (check === null) return html`${known}<p>${words.notChecked}</p>`;
  return html`${known}<h3>${words.uplinkCheck} · ${timeText(drawing, check.at)} · ${check.good ? state("ok", words.good) : state("bad", words.bad)}</h3>
${table(
  [{ title: words.stage, as: "wide" }, { title: words.result }, { title: words.ms, as: "number" }],
  check.stages.map(({ says, state: at, ms }) => ({
    cells: [
      sayPhrase(language, says),
      state(
        stageSigns[at as keyof typeof stageSigns] ?? "none",
        words.stageStates[at as keyof typeof words.stageStates] ?? at,
      ),
      ms === null ? "" : Math.round(ms),
    ],
  })),
)}${
  check.chain.length > 0 &&
  html`<h3>${words.chain}</h3>${table(
    [{ title: words.subject }, { title: words.issuer }, { title: words.validTo, as: "narrow" }],
    check.chain.map((one) => ({ cells: [one.subject, one.issuer, timeText(drawing, one.validTo)] })),
  )}`
}`;
}

export function drill(drawing: Drawing): Html {
  const { report, words } = drawing;
  if (report.drill === null) return html`<p>${words.noDrill}</p>`;
  const { at, good, outageMs, ...counts } = report.drill;
  const outage = outageMs === null ? [] : [words.drillOutage((outageMs / 1000).toFixed(0))];
  const told = (["arrived", "lost", "duplicated", "reordered", "late"] as const).flatMap((key) => {
    const count = counts[key];
    if (count === null) return key === "lost" ? [words.drillLostUnknown] : [];
    return [`${count} ${words.drillCounts[key]}`];
  });
  return html`<p>${good ? state("ok", words.good) : state("bad", words.bad)} ${[...outage, ...told].join(" · ")} <span class="dim">${timeText(drawing, at)}</span></p>`;
}

/** The gateway's clock, and whether anybody could still sign in with the factory's password. */
export function access(drawing: Drawing): Html {
  const { report, words } = drawing;
  const { time, credentials } = report;
  const seconds = time === null ? "" : (Math.abs(time.skewMs) / 1000).toFixed(1);
  const skew = time === null ? words.unknown : time.skewMs < 0 ? words.behind(seconds) : words.ahead(seconds);
  const password =
    credentials === null
      ? words.unknown
      : credentials.defaultPassword
        ? state("bad", words.stillSet)
        : state("ok", words.changed);
  return html`${facts([
    [words.skew, skew],
    [words.defaultPassword, password],
    [words.passwordChanged, timeText(drawing, credentials?.changedAt ?? null)],
  ])}<p class="dim">${words.noSecrets}</p>`;
}

/** What runs there, what was handed over, and how to get back to it. */
export function configuration(drawing: Drawing): Html {
  const { report, words } = drawing;
  const { running, readAt, appliedAt, bundle, receipt } = report.configuration;
  const { snapshotAt, putBackAt } = report.restore;
  const told = receipt && [
    `${words.outcomes[receipt.outcome]}${receipt.because && ` (${receipt.because})`}`,
    receipt.serial,
    words.attested[receipt.attestedBy],
  ];
  return html`${facts([
    [words.running, running === "" ? words.unknown : html`<code>${groupedDigest(running)}</code>`],
    [words.readAt, timeText(drawing, readAt)],
    [words.applied, timeText(drawing, appliedAt)],
    [
      words.bundle,
      bundle === null
        ? words.never
        : html`<code>${words.bundleText(bundle.seq, groupedDigest(bundle.digest))}</code>`,
    ],
    [words.receipt, told?.filter(Boolean).join(" · ") ?? words.never],
    [words.snapshot, timeText(drawing, snapshotAt) || words.never],
    [words.putBack, timeText(drawing, putBackAt) || words.never],
  ])}<h3>${words.restore}</h3><ol>${words.restoreSteps.map((step) => html`<li>${step}</li>`)}</ol>`;
}
