import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { chromiumPrinter } from "#adapters/report/chromiumPrinter.ts";
import { chromiumPath } from "#test/support/browser.ts";
import { tempFolder } from "#test/support/tempFolder.ts";
import { thrown } from "#test/support/thrown.ts";

const page = `<!doctype html><meta charset="utf-8"><title>t</title><h1>现场验收报告</h1><p>Li Wei 3 &lt; 4</p>`;
const { signal } = new AbortController();
const hasPdftotext = spawnSync("pdftotext", ["-v"]).error === undefined;

function withChromium(path: string): void {
  const before = process.env.LASTMILE_CHROMIUM;
  process.env.LASTMILE_CHROMIUM = path;
  onTestFinished(() => {
    if (before === undefined) delete process.env.LASTMILE_CHROMIUM;
    else process.env.LASTMILE_CHROMIUM = before;
  });
}

describe.runIf(chromiumPath !== undefined)("with a Chromium", () => {
  test.runIf(hasPdftotext)(
    "a page becomes a PDF whose text can be taken out, Chinese too",
    async () => {
      const pdf = await chromiumPrinter().print(page, signal);
      const path = join(await tempFolder(), "report.pdf");
      await writeFile(path, pdf);

      const { stdout } = spawnSync("pdftotext", [path, "-"], { encoding: "utf8" });

      expect(stdout).toContain("现场验收报告");
      expect(stdout).toContain("Li Wei 3 < 4");
    },
    90_000,
  );

  test("who cancels gets the reason and no PDF", async () => {
    const controller = new AbortController();
    const printing = chromiumPrinter().print(page, controller.signal);
    const failed = printing.then(
      () => undefined,
      (error: unknown) => error,
    );
    controller.abort(new Error("cancelled"));

    expect(await failed).toEqual(new Error("cancelled"));
  });
});

test("without one it says so", async () => {
  withChromium("/nowhere/chromium");

  expect(await thrown(chromiumPrinter().print(page, signal))).toEqual({ code: "pdf.noBrowser" });
});

test("a program that prints nothing is told", async () => {
  withChromium("/bin/true");

  expect(await thrown(chromiumPrinter().print(page, signal))).toEqual({
    code: "pdf.failed",
    reason: "noPdf",
  });
});
