import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTar, tarLimits, writeTar } from "#domain/bundle/tar.ts";

const file = fc.record({
  path: fc.stringMatching(/^[a-z0-9]{1,20}(\/[a-z0-9]{1,20}){0,3}$/),
  bytes: fc.uint8Array({ maxLength: 1200 }),
});
const someFiles = fc.uniqueArray(file, { selector: (one) => one.path, maxLength: 6 });

function reason(archive: Uint8Array): string {
  const read = readTar(archive);
  if (read.ok) return "";
  return "reason" in read.problem ? read.problem.reason : read.problem.code;
}

/** An archive of one file with bytes of its header replaced and the checksum made right again. */
function forged(at: number, text: string, path = "a"): Uint8Array {
  const archive = writeTar([{ path, bytes: new Uint8Array(3) }]);
  archive.set(Buffer.from(text, "latin1"), at);
  archive.set(Buffer.from(" ".repeat(8)), 148);
  const sum = archive.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  archive.set(Buffer.from(`${sum.toString(8).padStart(6, "0")}\0 `, "latin1"), 148);
  return archive;
}

describe("an archive", () => {
  test("gives back its files in their order", () => {
    fc.assert(
      fc.property(someFiles, (files) => {
        expect(readTar(writeTar(files))).toEqual({ ok: true, value: files });
      }),
    );
  });

  test("never makes the reader throw, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), someFiles, fc.nat(), (noise, files, at) => {
        expect(readTar(noise).ok).toBe(false);
        const archive = writeTar(files);
        archive.set(noise.subarray(0, 20), Math.max(0, (at % archive.length) - 20));
        readTar(archive);
      }),
    );
  });

  test("is unpacked by the system's tar", () => {
    const folder = mkdtempSync(join(tmpdir(), "lastmile-tar-"));
    try {
      const bytes = new Uint8Array(700).map((_, index) => index % 256);
      writeFileSync(
        join(folder, "b.tar"),
        writeTar([
          { path: "one.txt", bytes: new Uint8Array([104, 105]) },
          { path: "in/two", bytes },
        ]),
      );
      execFileSync("tar", ["-xf", "b.tar"], { cwd: folder });

      expect(readFileSync(join(folder, "one.txt"), "utf8")).toBe("hi");
      expect(new Uint8Array(readFileSync(join(folder, "in/two")))).toEqual(bytes);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("an archive that was made to do harm is refused", () => {
  test.each([
    ["a symbolic link", 156, "2"],
    ["a folder", 156, "5"],
    ["an absolute path", 0, "/etc/passwd"],
    ["a path upwards", 0, "../../x"],
    ["a path of another system", 0, "a\\b"],
    ["a size of its own kind", 124, "\x80\0\0\0\0\0\0\0\0\0\0\x03"],
    ["an executable", 100, "0000755"],
    ["an owner", 108, "0001750"],
    ["a time", 136, "14700000000"],
    ["a path prefix", 345, "/etc"],
  ])("for %s", (_, at, text) => {
    expect(reason(forged(at, text))).not.toBe("");
    expect(reason(forged(100, "0000644"))).toBe("");
  });

  test("for twins, too many files and too many bytes", () => {
    const one = { path: "a", bytes: new Uint8Array(1) };
    const many = Array.from({ length: tarLimits.files + 1 }, (_, index) => ({
      path: `f${index}`,
      bytes: new Uint8Array(),
    }));

    expect(reason(writeTar([one, one]))).toContain("twice");
    expect(reason(writeTar(many))).toContain("more than");
    expect(readTar(writeTar(many.slice(1))).ok).toBe(true);
    expect(reason(new Uint8Array(tarLimits.bytes + 512))).toContain("larger than");
  });
});
