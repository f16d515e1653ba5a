import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { systemClock } from "#adapters/clock.ts";
import { FaultError } from "#domain/fault.ts";
import { errorCode, unwritable } from "./fileFault.ts";
import { processStart } from "./processStart.ts";

/** What a lock file says of its owner, as JSON. Times are ms since 1970. */
interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  /** start of the process as its system counts it; empty where it cannot be known */
  readonly started: string;
  readonly lockedAt: number;
  readonly aliveAt: number;
}

const heartbeatMs = 10_000;
const silentForMs = 60_000;

/**
 * Takes `<path>.lock` for this process and keeps it fresh until released.
 * The lock of a dead process is taken over; so is that of another computer that was silent for a minute.
 *
 * @throws FaultError file.locked naming user, computer and process; file.unwritable
 */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  const lockPath = `${path}.lock`;
  const now = systemClock.now();
  const own: Owner = {
    token: randomUUID(),
    pid: process.pid,
    host: hostname(),
    user: userName(),
    started: await processStart(process.pid),
    lockedAt: now,
    aliveAt: now,
  };
  for (let tries = 0; !(await created(lockPath, own)); tries++) {
    const owner = await ownerOf(lockPath);
    if (owner === "gone") continue;
    if (tries > 5 || (owner !== "unreadable" && !(await isStale(owner))))
      throw new FaultError({ code: "file.locked", path, by: nameOf(owner) });
    await setAside(lockPath, owner);
  }
  return keepFresh(lockPath, own);
}

async function created(lockPath: string, own: Owner): Promise<boolean> {
  try {
    const handle = await open(lockPath, "wx");
    try {
      await handle.writeFile(JSON.stringify(own));
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    // A lock without an owner would stand for a minute.
    if (errorCode(error) === "ENOSPC") await rm(lockPath, { force: true });
    throw unwritable(lockPath, error);
  }
}

/** `unreadable` only once it is old: a moment earlier it may be a lock that is just being written. */
async function ownerOf(lockPath: string): Promise<Owner | "gone" | "unreadable"> {
  for (let tries = 0; ; tries++) {
    try {
      const owner: Partial<Owner> = JSON.parse(await readFile(lockPath, "utf8"));
      if (typeof owner.token === "string" && typeof owner.pid === "number") return owner as Owner;
    } catch (error) {
      if (errorCode(error) === "ENOENT") return "gone";
      if (errorCode(error) !== undefined) throw unwritable(lockPath, error);
    }
    if (tries === 20) return "unreadable";
    await systemClock.sleep(10);
  }
}

async function isStale(owner: Owner): Promise<boolean> {
  const silent = systemClock.now() - owner.aliveAt > silentForMs;
  if (owner.host !== hostname()) return silent;
  if (!isAlive(owner.pid)) return true;
  // Another process may have got a dead owner's number since.
  const started = await processStart(owner.pid);
  return started !== "" && owner.started !== "" ? started !== owner.started : silent;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** Moves a stale lock away; when somebody was quicker and the moved lock is a live one, puts it back. */
async function setAside(lockPath: string, stale: Owner | "unreadable"): Promise<void> {
  const aside = `${lockPath}.${randomUUID()}`;
  try {
    await rename(lockPath, aside);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return;
    throw unwritable(lockPath, error);
  }
  const moved = await ownerOf(aside);
  const same =
    moved === stale ||
    (typeof moved === "object" && typeof stale === "object" && moved.token === stale.token);
  if (same) await rm(aside, { force: true });
  else await rename(aside, lockPath);
}

function keepFresh(lockPath: string, own: Owner): () => Promise<void> {
  let released = false;
  let beating: Promise<void> = Promise.resolve();
  const isOurs = async () => {
    const owner = await ownerOf(lockPath);
    return typeof owner === "object" && owner.token === own.token;
  };
  const beat = async () => {
    if (!(await isOurs())) return;
    const handle = await open(lockPath, "r+");
    try {
      // The same length each time, so that no reader ever finds half an owner.
      await handle.write(JSON.stringify({ ...own, aliveAt: systemClock.now() }), 0);
    } finally {
      await handle.close();
    }
  };
  const schedule = (): (() => void) =>
    systemClock.after(heartbeatMs, () => {
      // A missed beat is not worth an error: the next one follows.
      beating = beat().catch(() => undefined);
      void beating.then(() => {
        if (!released) stop = schedule();
      });
    });
  let stop = schedule();
  return async () => {
    if (released) return;
    released = true;
    stop();
    await beating;
    if (await isOurs()) await rm(lockPath, { force: true });
  };
}

function nameOf(owner: Owner | "unreadable"): string {
  return owner === "unreadable" ? "?" : `${owner.user}@${owner.host}, pid ${owner.pid}`;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "?";
  }
}
