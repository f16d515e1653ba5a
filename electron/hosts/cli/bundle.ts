import { ProblemError } from "#domain/problem.ts";
import {
  accountOptions,
  handIn,
  openSite,
  type Session,
  signIn,
  withSession,
  writeOutput,
} from "./session.ts";
import { readDownload } from "./tags.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const bundle: Verb = {
  usage: "bundle make SITE [--gateway URL] -o FILE | bundle check FILE",
  options: { ...accountOptions, gateway: { type: "string" }, output: { type: "string", short: "o" } },
  run(call) {
    const [action, file] = call.words;
    if (action === "make") return withSession(call, {}, (session) => make(session, call, file));
    if (action === "check")
      return withSession(call, { temporary: true }, (session) => check(session, call, file));
    throw new ProblemError({ code: "usage", reason: bundle.usage });
  },
};

async function make(session: Session, call: Call, site: string | undefined): Promise<Outcome> {
  const { output, gateway } = call.options;
  if (typeof output !== "string") throw new ProblemError({ code: "usage", reason: bundle.usage });
  await openSite(session, site);
  if (typeof gateway === "string") await signIn(session, call, gateway);
  const job = await session.job(session.call("job.bundle", {}));
  if (job.detail.kind !== "bundle") throw new Error(`a bundle job shows ${job.detail.kind}`);
  const { download, digest, size, files } = job.detail;
  await writeOutput(output, await readDownload(session, download));
  call.terminal.line(`${output}: ${files} files, ${size} bytes, digest ${digest}`);
  return done({ file: output, digest, size, files });
}

async function check(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  const checked = await session.call("bundle.check", { uploadId: await handIn(session, file) });
  for (const problem of checked.problems) call.terminal.failure(problem);
  if (checked.good) {
    call.terminal.line(
      `good: ${checked.site}, for ${checked.gateway || "any gateway"}, issued ${checked.issuedAt}`,
    );
    call.terminal.line(`issuer ${checked.issuer}`);
    call.terminal.table(
      [">Bytes", "File", "SHA-256"],
      checked.files.map((one) => [String(one.size), one.path, one.sha256]),
    );
  }
  return done(checked, checked.good);
}
