import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CallOutput } from "#contract/contract.ts";
import { seeded } from "#test/support/seeded.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { evidenceOf, type Reported, reportedWorkbench } from "./reported.ts";

let site: Reported;
let files: Readonly<Record<string, Buffer>>;
beforeAll(async () => {
  site = await reportedWorkbench();
  files = await site.make("html", "zh");
});
afterAll(() => site?.bench.close());

type Check = CallOutput<"report.check">;
const check = (given: Parameters<Reported["check"]>[0]) => site.check(given) as Promise<Check>;
const codes = ({ problems }: Check) => problems.map(({ code }) => code);

/** The same whole numbers below a bound from the same seed. */
function wholeNumbers(seed: number): (below: number) => number {
  const random = seeded(seed);
  return (below) => Math.floor(random() * below);
}

function withOneByteChanged(bytes: Uint8Array, random: (below: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  const at = random(bytes.length);
  changed[at] = ((changed[at] ?? 0) + 1 + random(255)) % 256;
  return changed;
}

describe("a report", () => {
  test("is good as data and as a page, with the evidence it rests on", async () => {
    for (const report of [files.json, files.html]) {
      expect(await check({ report, evidence: files.evidence })).toMatchObject({
        good: true,
        site: '北泵站 <7> & "east"',
        verdict: "good",
        grade: "conditional",
        laterLines: 0,
        signatures: [
          { role: "tester", name: "Li Wei", withKey: true },
          { role: "witness", name: "王芳", withKey: false },
        ],
        problems: [],
      });
    }
  });

  test("is the same in every form while nothing new is known, and names its parts", async () => {
    const again = await site.make("html", "en");

    expect(again.json?.equals(files.json as Buffer)).toBe(true);
    expect(again.html?.equals(files.html as Buffer)).toBe(false);
    expect(JSON.parse(String(files.json)).report).toMatchObject({
      format: 1,
      standing: { grade: "conditional", items: { total: 14, ok: 13, nok: 1 }, tags: { total: 3, proved: 3 } },
      lines: [{ certificates: [{ unit: 1, verdict: "good" }] }],
      deviations: [{ closed: true }],
      time: { skewMs: -1200 },
      credentials: { defaultPassword: false },
    });
  });

  test("goes on being good beside evidence that goes on", async () => {
    const evidence = await evidenceOf(site.path);

    const found = await check({ report: files.json, evidence });

    expect(found).toMatchObject({ good: true });
    expect(found.laterLines).toBeGreaterThan(0);
  });

  test("has every one of 1000 changes of a byte found, in its data and in its evidence", async () => {
    const random = wholeNumbers(20_261_123);
    const missed: string[] = [];
    for (let round = 0; round < 1000; round += 1) {
      const name = round % 2 === 0 ? "json" : "evidence";
      const changed = withOneByteChanged(files[name] as Buffer, random);
      const given = { report: files.json, evidence: files.evidence };
      const found = await check(
        name === "json" ? { ...given, report: changed } : { ...given, evidence: changed },
      );
      if (found.good) missed.push(`${name} ${round}`);
    }

    expect(missed).toEqual([]);
  }, 120_000);

  test("has every change of a byte found in its page, words that only show included", async () => {
    const random = wholeNumbers(7);
    for (let round = 0; round < 100; round += 1) {
      const report = withOneByteChanged(files.html as Buffer, random);
      expect((await check({ report })).good, `round ${round}`).toBe(false);
    }
    const praised = Buffer.from(String(files.html).replace("有条件验收，需整改", "验收合格"));
    expect(codes(await check({ report: praised }))).toEqual(["report.pageChanged"]);
  }, 60_000);

  test.each<[string, (files: Readonly<Record<string, Buffer>>) => object, string]>([
    ["a line taken away", (all) => ({ evidence: cutLines(all.evidence, 1) }), "report.evidenceShort"],
    ["another site's evidence", () => ({ evidence: Buffer.from("{}\n") }), "report.evidenceBroken"],
    ["no signature", (all) => ({ report: unsigned(all.json) }), "report.unsigned"],
    ["a PDF", () => ({ report: Buffer.from("%PDF-1.7") }), "report.isPicture"],
    ["any text", () => ({ report: Buffer.from("hello") }), "report.malformed"],
    ["spaces added", (all) => ({ report: Buffer.from(`${all.json} `) }), "report.malformed"],
    ["a bundle that is none", () => ({ bundle: Buffer.from("x") }), "bundle.truncated"],
  ])("with %s is refused by name", async (_, change, code) => {
    const found = await check({ report: files.json, evidence: files.evidence, ...change(files) });

    expect(found.good).toBe(false);
    expect(codes(found)).toContain(code);
  });
});

test("a verifier of other make agrees on the report and on a change of it", async () => {
  const script = fileURLToPath(new URL("./verifyReport.py", import.meta.url));
  const folder = await tempFolder();
  const path = join(folder, "report.json");
  const verify = () => execFileSync("python3", [script, path], { encoding: "utf8" }).trim();

  await writeFile(path, files.json as Buffer);
  expect(verify()).toBe((await check({ report: files.json })).digest);
  await writeFile(path, String(files.json).replace("Li Wei", "Li Wey"));
  expect(verify).toThrow();
});

function cutLines(bytes: Uint8Array | undefined, count: number): Buffer {
  return Buffer.from(
    String(Buffer.from(bytes ?? []))
      .split("\n")
      .slice(0, -1 - count)
      .join("\n")
      .concat("\n"),
  );
}

function unsigned(bytes: Uint8Array | undefined): Buffer {
  const file = JSON.parse(String(Buffer.from(bytes ?? [])));
  return Buffer.from(`${JSON.stringify({ ...file, signatures: [] }, null, 2)}\n`);
}
