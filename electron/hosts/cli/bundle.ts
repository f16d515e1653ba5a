import { type CallInput, type CallOutput, calls } from "#contract/contract.ts";
import { ProblemError } from "#domain/problem.ts";
import { printedFingerprint } from "#domain/trust/fingerprint.ts";
import {
  accountOptions,
  handIn,
  openSite,
  readInput,
  type Session,
  signIn,
  withSession,
  writeOutput,
} from "./session.ts";
import { readDownload } from "./tags.ts";
import { type Call, done, type Outcome, type Verb } from "./verb.ts";

export const bundle: Verb = {
  usage:
    "bundle make SITE [--gateway URL] -o FILE | bundle check FILE [--root ROOT] [--receipt RECEIPT] | bundle pair SITE --paired FILE | bundle pair SITE --serial S --key KEY | bundle receipt SITE RECEIPT",
  options: {
    ...accountOptions,
    gateway: { type: "string" },
    root: { type: "string" },
    receipt: { type: "string" },
    serial: { type: "string" },
    key: { type: "string" },
    paired: { type: "string" },
    output: { type: "string", short: "o" },
  },
  run(call) {
    const [action, file, receipt] = call.words;
    if (action === "pair") return withSession(call, {}, (session) => pair(session, call, file));
    if (action === "receipt")
      return withSession(call, {}, (session) => keepReceipt(session, call, file, receipt));
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
  const { download, digest, size, files, secrets } = job.detail;
  await writeOutput(output, await readDownload(session, download));
  call.terminal.line(`${output}: ${files} files, ${size} bytes, digest ${digest}`);
  if (secrets === "sealed") call.terminal.line("passwords and keys are sealed to the gateway");
  if (secrets === "left")
    call.terminal.line("passwords and keys stay behind: no stick can bring them until the gateway is paired");
  return done({ file: output, digest, size, files, secrets });
}

async function check(session: Session, call: Call, file: string | undefined): Promise<Outcome> {
  const { root, receipt } = call.options;
  const checked = await session.call("bundle.check", {
    uploadId: await handIn(session, file),
    ...(typeof root === "string" && { rootId: await handIn(session, root, "root") }),
    ...(typeof receipt === "string" && { receiptId: await handIn(session, receipt, "receipt") }),
  });
  for (const problem of checked.problems) call.terminal.failure(problem);
  if (checked.good) {
    call.terminal.line(
      `good: ${checked.site}, for ${checked.gateway || "any gateway"}, issued ${checked.issuedAt}`,
    );
    call.terminal.line(`issuer ${checked.issuer}`);
    const { trust } = checked;
    if (trust)
      call.terminal.line(
        `trusted: ${trust.technician}, until ${trust.notAfter.slice(0, 10)}, for ${trust.organisation}, for ${trust.owner}`,
      );
    if (checked.receipt) call.terminal.line(receiptLine(checked.receipt));
    call.terminal.table(
      [">Bytes", "File", "SHA-256"],
      checked.files.map((one) => [String(one.size), one.path, one.sha256]),
    );
  }
  return done(checked, checked.good);
}

async function pair(session: Session, call: Call, site: string | undefined): Promise<Outcome> {
  const identity = await identityOf(call);
  await openSite(session, site);
  const { keyFingerprint } = await session.call("gateway.pair", identity);
  const { serial, sealKey } = identity;
  call.terminal.line(`${serial}: ${printedFingerprint(keyFingerprint)}`);
  if (sealKey === undefined)
    call.terminal.line("passwords stay behind: this gateway told no key to seal them to");
  return done({ serial, keyFingerprint, sealed: sealKey !== undefined });
}

/** What the applier printed at pairing, from its file or from the command line. */
async function identityOf(call: Call): Promise<CallInput<"gateway.pair">> {
  const { serial, key, paired } = call.options;
  const given = typeof paired === "string" ? readJson((await readInput(paired)).toString()) : { serial, key };
  const read = calls["gateway.pair"].input.safeParse(given);
  if (!read.success) throw new ProblemError({ code: "usage", reason: bundle.usage });
  return read.data;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError({ code: "file.notJson", reason: (error as Error).message });
  }
}

async function keepReceipt(
  session: Session,
  call: Call,
  site: string | undefined,
  file: string | undefined,
): Promise<Outcome> {
  await openSite(session, site);
  const receipt = await session.call("bundle.receipt", { uploadId: await handIn(session, file, "receipt") });
  call.terminal.line(receiptLine(receipt));
  return done(receipt, receipt.outcome === "applied");
}

function receiptLine(receipt: CallOutput<"bundle.receipt">): string {
  const { outcome, because, seq, serial, attestedBy } = receipt;
  const what = outcome === "applied" ? "applied" : `rolled back (${because})`;
  return `bundle ${seq} ${what} on ${serial}, attested by the ${attestedBy}`;
}
