import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { atomicWrite } from "#adapters/files/atomicWrite.ts";
import { errorCode, unreadable, unwritable } from "#adapters/files/fileFault.ts";
import type { Secrets } from "#capabilities/secrets.ts";
import { FaultError } from "#domain/fault.ts";

/** The part of Electron's `safeStorage` that is used; its keys are in the system's keychain. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  encryptString(text: string): Buffer;
  decryptString(bytes: Buffer): string;
  /** Linux only: `basic_text` means a password that is printed in Chromium's source */
  getSelectedStorageBackend?(): string;
}

const fileSchema = z.record(z.string(), z.base64());

/**
 * Secrets in a file, each sealed with a key of the system's keychain.
 *
 * Faults: secrets.unavailable with reason noKeychain, plainText (the keychain would not protect) or damaged;
 * file.unreadable, file.unwritable.
 */
export function keychainSecrets(path: string, storage: SafeStorage): Secrets {
  let writing: Promise<void> = Promise.resolve();

  function change(edit: (sealed: Map<string, string>) => void): Promise<void> {
    const mine = writing.then(async () => {
      requireKeychain(storage);
      const sealed = await readSealed(path);
      edit(sealed);
      await mkdir(dirname(path), { recursive: true }).catch((error) =>
        Promise.reject(unwritable(path, error)),
      );
      await atomicWrite(path, `${JSON.stringify(Object.fromEntries(sealed), null, 2)}\n`, { mode: 0o600 });
    });
    writing = mine.catch(() => undefined);
    return mine;
  }

  return {
    lasting: true,
    async get(name) {
      requireKeychain(storage);
      await writing;
      const sealed = (await readSealed(path)).get(name);
      if (sealed === undefined) return undefined;
      try {
        return storage.decryptString(Buffer.from(sealed, "base64"));
      } catch (error) {
        throw new FaultError({ code: "secrets.unavailable", reason: "damaged" }, error);
      }
    },
    set: (name, value) =>
      change((sealed) => sealed.set(name, storage.encryptString(value).toString("base64"))),
    remove: (name) => change((sealed) => sealed.delete(name)),
  };
}

function requireKeychain(storage: SafeStorage): void {
  if (storage.getSelectedStorageBackend?.() === "basic_text")
    throw new FaultError({ code: "secrets.unavailable", reason: "plainText" });
  if (!storage.isEncryptionAvailable())
    throw new FaultError({ code: "secrets.unavailable", reason: "noKeychain" });
}

async function readSealed(path: string): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return new Map();
    throw unreadable(path, error);
  }
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(text))));
  } catch (error) {
    throw new FaultError({ code: "secrets.unavailable", reason: "damaged" }, error);
  }
}
