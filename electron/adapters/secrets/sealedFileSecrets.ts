import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { z } from "zod";
import { atomicWrite } from "#adapters/files/atomicWrite.ts";
import { errorCode, unreadable, unwritable } from "#adapters/files/fileFault.ts";
import type { Secrets } from "#capabilities/secrets.ts";
import { FaultError } from "#domain/fault.ts";

/**
 * Both parts are armored age files: the identity is sealed with the passphrase, the values with the identity.
 * So the slow scrypt runs once a session and not with every change.
 */
const fileSchema = z.object({ format: z.literal(1), identity: z.string(), values: z.string() });
const valuesSchema = z.record(z.string(), z.string());

/** log2 of scrypt's N; about half a second on a small laptop, paid by every guess too. */
const workFactor = 17;

interface Unlocked {
  /** the armored identity as it stands in the file */
  readonly sealed: string;
  readonly identity: string;
  readonly values: Map<string, string>;
}

/**
 * Secrets in a file that only the passphrase opens; made at the first `set`, readable by its owner alone.
 *
 * Faults: secrets.unavailable with reason wrongPassphrase or damaged; file.unreadable, file.unwritable.
 */
export function sealedFileSecrets(path: string, passphrase: string): Secrets {
  let unlocked: Promise<Unlocked> | undefined;
  let writing: Promise<void> = Promise.resolve();

  function unlock(): Promise<Unlocked> {
    unlocked ??= opened(path, passphrase).catch((error) => {
      unlocked = undefined;
      throw error;
    });
    return unlocked;
  }

  function change(edit: (values: Map<string, string>) => void): Promise<void> {
    const mine = writing.then(async () => {
      const { sealed, identity, values } = await unlock();
      const changed = new Map(values);
      edit(changed);
      await keep(path, sealed, identity, changed);
      unlocked = Promise.resolve({ sealed, identity, values: changed });
    });
    writing = mine.catch(() => undefined);
    return mine;
  }

  return {
    lasting: true,
    async get(name) {
      await writing;
      return (await unlock()).values.get(name);
    },
    set: (name, value) => change((values) => values.set(name, value)),
    remove: (name) => change((values) => values.delete(name)),
  };
}

async function opened(path: string, passphrase: string): Promise<Unlocked> {
  const text = await textOf(path);
  if (text === undefined) {
    const identity = await generateX25519Identity();
    const encrypter = new Encrypter();
    encrypter.setPassphrase(passphrase);
    encrypter.setScryptWorkFactor(workFactor);
    return { sealed: armor.encode(await encrypter.encrypt(identity)), identity, values: new Map() };
  }
  const file = orDamaged(() => fileSchema.parse(JSON.parse(text)));
  const withPassphrase = new Decrypter();
  withPassphrase.addPassphrase(passphrase);
  const identity = await opens(withPassphrase, file.identity, "wrongPassphrase");
  const withIdentity = new Decrypter();
  orDamaged(() => withIdentity.addIdentity(identity));
  const values = await opens(withIdentity, file.values, "damaged");
  const entries = orDamaged(() => Object.entries(valuesSchema.parse(JSON.parse(values))));
  return { sealed: file.identity, identity, values: new Map(entries) };
}

async function keep(
  path: string,
  sealed: string,
  identity: string,
  values: ReadonlyMap<string, string>,
): Promise<void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(identity));
  const cipher = await encrypter.encrypt(JSON.stringify(Object.fromEntries(values)));
  const file = { format: 1, identity: sealed, values: armor.encode(cipher) };
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(path, error);
  }
  await atomicWrite(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw unreadable(path, error);
  }
}

async function opens(decrypter: Decrypter, armored: string, refusal: string): Promise<string> {
  const cipher = orDamaged(() => armor.decode(armored));
  try {
    return await decrypter.decrypt(cipher, "text");
  } catch (error) {
    const unmatched = error instanceof Error && error.message.startsWith("no identity matched");
    throw new FaultError({ code: "secrets.unavailable", reason: unmatched ? refusal : "damaged" }, error);
  }
}

function orDamaged<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new FaultError({ code: "secrets.unavailable", reason: "damaged" }, error);
  }
}
