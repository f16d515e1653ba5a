import { createInterface } from "node:readline/promises";
import { ProblemError } from "#domain/problem.ts";
import type { Session } from "./session.ts";
import { showStages } from "./stages.ts";
import { tagNamed } from "./tagNamed.ts";
import { type Call, done, type Outcome } from "./verb.ts";

/** Proves one still tag by a change: writes a value that is put back, or waits for a hand at the device. */
export async function proveOne(session: Session, call: Call): Promise<Outcome> {
  const { stimulus, value, yes } = call.options;
  const tag = tagNamed(session, typeof stimulus === "string" ? stimulus : undefined);
  const isAtDevice = call.options["at-device"] === true;
  if (isAtDevice === (typeof value === "string"))
    throw new ProblemError({ code: "usage", reason: "needs --value or --at-device" });
  if (!isAtDevice && yes !== true && !(await isConfirmed(call, `${tag} = ${value}`))) {
    call.terminal.line("nothing was written");
    return done({ tag, written: false }, false);
  }
  const started = session.call("job.stimulus", {
    tag,
    way: isAtDevice ? "device" : "write",
    value: typeof value === "string" ? value : null,
  });
  const job = await session.job(started, ({ detail }) => {
    if (detail.kind === "stimulus") showStages(call, detail.stages);
  });
  return done({ ...job.detail, good: job.good }, job.good);
}

async function isConfirmed(call: Call, what: string): Promise<boolean> {
  if (call.options.json === true || !process.stdin.isTTY || !process.stdout.isTTY)
    throw new ProblemError({ code: "usage", reason: "needs --yes where nobody can be asked" });
  const asked = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await asked.question(`Write ${what} for some seconds, then put back? [y/N] `, {
      signal: call.signal,
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asked.close();
  }
}
