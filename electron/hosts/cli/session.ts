import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { CallInput, CallName, CallOutput } from "#contract/contract.ts";
import type { JobView } from "#contract/views.ts";
import { type Fault, FaultError } from "#domain/fault.ts";
import { parseSshTarget } from "#domain/network/sshTarget.ts";
import { type Problem, ProblemError } from "#domain/problem.ts";
import type { AskedWay } from "#services/wayIn/openWayIn.ts";
import type { OpenWorkbench } from "#services/workbench.ts";
import { composeWorkbench, usualDataFolder } from "../compose.ts";
import { resourceFolder } from "./folders.ts";
import type { Call } from "./verb.ts";

/** A workbench for one call of the command line. */
export interface Session {
  readonly open: OpenWorkbench;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /**
   * Runs a job to its end, showing its progress; Ctrl+C cancels it.
   *
   * @param show what there is to see of it, also when it failed
   */
  job(start: Promise<{ readonly jobId: string }>, show?: (job: JobView) => void): Promise<JobView>;
}

/** Opens a workbench, lends it to `work`, and closes it whatever happens. */
export async function withSession<T>(
  call: Call,
  options: { readonly temporary?: boolean },
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const dataFolder = options.temporary ? await mkdtemp(join(tmpdir(), "lastmile-")) : usualDataFolder();
  const open = await composeWorkbench({ host: "cli", dataFolder, resourceFolder });
  const { handlers, tables } = open.workbench;
  const session: Session = {
    open,
    // Each handler fits its own call; the compiler cannot follow that through the name.
    call: (name, input) => handlers[name](input as never, call.signal) as never,
    async job(start, show) {
      const { jobId } = await start;
      const cancel = () => void handlers["job.cancel"]({ jobId }, call.signal);
      if (call.signal.aborted) cancel();
      call.signal.addEventListener("abort", cancel, { once: true });
      const unwatch = tables.jobs.watch({
        changed(key) {
          const job = tables.jobs.get(key);
          if (key !== jobId || !job?.doing) return;
          const share = job.total > 0 ? ` ${job.done}/${job.total}` : "";
          call.terminal.progress(`${call.terminal.phrase(job.doing)}${share}`);
        },
        removed: () => undefined,
      });
      const job = await open.jobEnded(jobId);
      unwatch();
      show?.(job);
      call.signal.throwIfAborted();
      if (job.state === "failed" && job.failure) throw errorOf(job.failure);
      return job;
    },
  };
  try {
    return await work(session);
  } finally {
    await open.close();
    if (options.temporary) await rm(dataFolder, { recursive: true, force: true });
  }
}

/** Opens a site file of the person's own, or the training site for the word `training`. */
export async function openSite(session: Session, name: string | undefined): Promise<void> {
  if (name === undefined) throw new ProblemError({ code: "usage", reason: "needs a site file" });
  if (name === "training") {
    await session.call("site.training", {});
    return;
  }
  const path = resolve(name);
  if (!(await stat(path).catch(() => undefined))?.isFile())
    throw new ProblemError({ code: "file.notFound", path });
  await session.call("site.open", { path });
  const password = process.env.LASTMILE_UPLINK_PASSWORD;
  if (password !== undefined) await session.call("uplink.setPassword", { password });
}

export async function readInput(path: string | undefined): Promise<Buffer> {
  if (path === undefined) throw new ProblemError({ code: "usage", reason: "needs a file" });
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT")
      throw new ProblemError({ code: "file.notFound", path });
    throw new FaultError(
      { code: "file.unreadable", path, reason: (error as NodeJS.ErrnoException).code ?? "" },
      error,
    );
  }
}

/** Hands a file's bytes in as base64, for a call that takes an upload. @returns its id */
export async function handIn(session: Session, path: string | undefined, id = "bundle"): Promise<string> {
  const base64 = (await readInput(path)).toString("base64");
  for (let start = 0; start < base64.length || start === 0; start += 500_000) {
    await session.call("upload.append", { id, text: base64.slice(start, start + 500_000) });
  }
  return id;
}

/** Writes a file that the person asked for. */
export async function writeOutput(path: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(resolve(path), content);
  } catch (error) {
    throw new FaultError(
      { code: "file.unwritable", path, reason: (error as NodeJS.ErrnoException).code ?? "" },
      error,
    );
  }
}

/** Signs in by the way and with the account that the options name. */
export async function signIn(session: Session, call: Call, url: string): Promise<void> {
  await session.call("gateway.signIn", { ...(await askedWay(call, url)), ...gatewayAccount(call) });
}

/** How to sign in to a gateway, and to the computer that it runs on. */
export const accountOptions = {
  user: { type: "string" },
  password: { type: "string" },
  ssh: { type: "string" },
  "ssh-key": { type: "string" },
  "host-key": { type: "string" },
  trust: { type: "string" },
} as const;

/** `--user`, and `--password` or LASTMILE_GATEWAY_PASSWORD; the factory's account when none is given. */
export function gatewayAccount({ options }: Call): { readonly user: string; readonly password: string } {
  const { user, password } = options;
  const given = typeof password === "string" ? password : process.env.LASTMILE_GATEWAY_PASSWORD;
  return { user: typeof user === "string" ? user : "admin", password: given ?? "0000" };
}

/**
 * The way that the options name. The SSH account's password is LASTMILE_SSH_PASSWORD, its key's passphrase
 * LASTMILE_SSH_PASSPHRASE: on the command line other users of this computer would see them.
 */
export async function askedWay({ options }: Call, url: string): Promise<AskedWay> {
  const { ssh, trust } = options;
  const trusted = typeof trust === "string" ? { trust } : {};
  if (typeof ssh !== "string") return { url, ...trusted };
  const target = parseSshTarget(ssh);
  if (!target.ok) throw new ProblemError(target.problem);
  const { LASTMILE_SSH_PASSWORD: password, LASTMILE_SSH_PASSPHRASE: passphrase } = process.env;
  const file = options["ssh-key"];
  const hostKey = options["host-key"];
  const login = {
    ...(password !== undefined && { password }),
    ...(typeof file === "string" && { key: (await readInput(file)).toString("utf8") }),
    ...(passphrase !== undefined && { passphrase }),
    ...(typeof hostKey === "string" && { hostKey }),
  };
  return { url, ...trusted, ssh: { ...target.value, ...login } };
}

function errorOf(failure: NonNullable<JobView["failure"]>): Error {
  const { kind, code, facts, at } = failure;
  // A view holds exactly the fields that the problem or fault was made of.
  if (kind === "problem")
    return new ProblemError({ code, ...facts, ...(at && { at }) } as unknown as Problem);
  return new FaultError({ code, ...facts } as unknown as Fault);
}
