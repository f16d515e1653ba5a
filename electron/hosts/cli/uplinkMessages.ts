import { ProblemError } from "#domain/problem.ts";
import type { Session } from "./session.ts";
import { showStages } from "./stages.ts";
import { tagNamed } from "./tagNamed.ts";
import { type Call, done, type Outcome } from "./verb.ts";

/** Reads one tag through broker and gateway, and writes it that way where a value is given. */
export async function askDownlink(session: Session, call: Call): Promise<Outcome> {
  const [, , name, value, ...more] = call.words;
  if (more.length > 0)
    throw new ProblemError({ code: "usage", reason: "needs one tag and at most one value" });
  const tag = tagNamed(session, name);
  if (value !== undefined && call.options.yes !== true)
    throw new ProblemError({ code: "usage", reason: "writing needs --yes" });
  const job = await session.job(session.call("job.downlink", { tag, value: value ?? null }), ({ detail }) => {
    if (detail.kind === "downlink") showStages(call, detail.stages);
  });
  return done({ ...job.detail, good: job.good }, job.good);
}

const usualSeconds = 30;

/** Prints what the broker sends, decoded, a line a value; Ctrl+C ends it well. */
export async function watchUplink(session: Session, call: Call): Promise<Outcome> {
  const { topic, path, seconds } = call.options;
  const { tables } = session.open.workbench;
  const messages: object[] = [];
  const unwatch = tables.wire.watch({
    changed(key) {
      const row = tables.wire.get(key);
      if (row?.medium !== "mqtt" || row.direction !== "received") return;
      const { at, line, decoded, bytes } = row;
      messages.push({ at, topic: line, ...(decoded ? { decoded } : { payload: bytes }) });
      call.terminal.line(`${new Date(at).toISOString().slice(11, 23)}  ${line}  ${decoded?.format ?? "?"}`);
      for (const note of decoded?.notes ?? []) call.terminal.line(`    ${call.terminal.phrase(note)}`);
      for (const { device, tag, text } of decoded?.readings ?? [])
        call.terminal.line(`    ${device === "" ? "" : `${device}  `}${tag}  ${text}`);
      if (decoded && decoded.more > 0) call.terminal.line(`    + ${decoded.more}`);
      if (!decoded) call.terminal.line(`    ${bytes.slice(0, 200)}`);
    },
    removed: () => undefined,
  });
  try {
    const job = await session.job(
      session.call("job.watch", {
        filters: typeof topic === "string" ? [topic] : [],
        seconds: seconds === undefined ? usualSeconds : secondsOf(String(seconds)),
        paths: typeof path === "string" ? path.split(",") : [],
      }),
    );
    return done({ ...job.detail, messages }, messages.length > 0);
  } finally {
    unwatch();
  }
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3600) return seconds;
  throw new ProblemError({ code: "usage", reason: "--seconds takes 1 to 3600" });
}
