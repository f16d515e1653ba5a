import { createCipheriv, createDecipheriv } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { keychainSecrets, type SafeStorage } from "#adapters/secrets/keychainSecrets.ts";
import { memorySecrets } from "#adapters/secrets/memorySecrets.ts";
import { sealedFileSecrets } from "#adapters/secrets/sealedFileSecrets.ts";
import { tempFolder } from "#test/support/tempFolder.ts";

const kinds = {
  memory: () => memorySecrets(),
  "a sealed file": (folder: string) =>
    sealedFileSecrets(join(folder, "own", "secrets.json"), "four plain words"),
  "the keychain": (folder: string) => keychainSecrets(join(folder, "own", "secrets.json"), keychain()),
};

describe.each(Object.entries(kinds))("secrets in %s", (_, make) => {
  test("a secret is there by its name until it is removed", async () => {
    const secrets = make(await tempFolder());

    expect(await secrets.get("gateway:a")).toBeUndefined();
    await Promise.all([secrets.set("gateway:a", "0000"), secrets.set("uplink:b", "пароль")]);
    await secrets.set("gateway:a", "changed");
    await secrets.remove("uplink:b");

    expect(await secrets.get("gateway:a")).toBe("changed");
    expect(await secrets.get("uplink:b")).toBeUndefined();
    expect(await secrets.get("__proto__")).toBeUndefined();
  });
});

describe("a sealed file", () => {
  test("outlives the process, shows no value or name and belongs to its owner alone", async () => {
    const path = join(await tempFolder(), "secrets.json");
    await sealedFileSecrets(path, "right").set("gateway:10.0.0.1", "hunter2hunter2");

    const text = await readFile(path, "utf8");

    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("gateway:");
    if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await sealedFileSecrets(path, "right").get("gateway:10.0.0.1")).toBe("hunter2hunter2");
  });

  test("a wrong passphrase opens nothing and changes nothing", async () => {
    const path = join(await tempFolder(), "secrets.json");
    await sealedFileSecrets(path, "right").set("a", "b");
    const before = await readFile(path, "utf8");
    const wrong = sealedFileSecrets(path, "wrong");
    const refusal = { fault: { code: "secrets.unavailable", reason: "wrongPassphrase" } };

    await expect(wrong.get("a")).rejects.toMatchObject(refusal);
    await expect(wrong.set("a", "c")).rejects.toMatchObject(refusal);

    expect(await readFile(path, "utf8")).toBe(before);
  });

  test("a damaged file is said to be damaged, not to have another passphrase", async () => {
    const path = join(await tempFolder(), "secrets.json");
    await sealedFileSecrets(path, "right").set("a", "b");
    const file = JSON.parse(await readFile(path, "utf8"));
    const refusal = { fault: { code: "secrets.unavailable", reason: "damaged" } };

    for (const text of [JSON.stringify({ ...file, values: file.identity }), "{}", "no JSON"]) {
      await writeFile(path, text);
      await expect(sealedFileSecrets(path, "right").get("a")).rejects.toMatchObject(refusal);
    }
  });
});

describe("the keychain", () => {
  test("a keychain that would keep plain text is refused, for reading and for writing", async () => {
    const path = join(await tempFolder(), "secrets.json");
    const secrets = keychainSecrets(path, { ...keychain(), getSelectedStorageBackend: () => "basic_text" });
    const refusal = { fault: { code: "secrets.unavailable", reason: "plainText" } };

    await expect(secrets.set("a", "b")).rejects.toMatchObject(refusal);
    await expect(secrets.get("a")).rejects.toMatchObject(refusal);

    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  test("a machine without a keychain is named as such", async () => {
    const secrets = keychainSecrets(join(await tempFolder(), "s.json"), {
      ...keychain(),
      isEncryptionAvailable: () => false,
    });

    await expect(secrets.set("a", "b")).rejects.toMatchObject({ fault: { reason: "noKeychain" } });
  });

  test("a value of another keychain is named as damaged", async () => {
    const path = join(await tempFolder(), "secrets.json");
    await keychainSecrets(path, keychain(1)).set("a", "b");

    expect(await readFile(path, "utf8")).not.toContain('"b"');
    await expect(keychainSecrets(path, keychain(2)).get("a")).rejects.toMatchObject({
      fault: { reason: "damaged" },
    });
  });
});

/** Stands for the system's: seals with a key of its own and refuses what another key sealed. */
function keychain(key = 0): SafeStorage {
  const bytes = Buffer.alloc(32, key);
  const nonce = Buffer.alloc(12);
  return {
    isEncryptionAvailable: () => true,
    encryptString(text) {
      const cipher = createCipheriv("aes-256-gcm", bytes, nonce);
      return Buffer.concat([cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    },
    decryptString(sealed) {
      const decipher = createDecipheriv("aes-256-gcm", bytes, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      return decipher.update(sealed.subarray(0, -16)).toString("utf8") + decipher.final("utf8");
    },
  };
}
