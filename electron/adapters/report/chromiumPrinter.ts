import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ReportPrinter } from "#capabilities/reportPrinter.ts";
import { FaultError } from "#domain/fault.ts";

const timeoutMs = 60_000;

/** Programs by name on the path, and where the systems put them. Windows has Edge from the start. */
const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((name) => {
    const folder = process.env[name];
    if (folder === undefined) return [];
    return [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ];
  }),
];

/** Prints with the Chromium, Chrome or Edge that is installed; LASTMILE_CHROMIUM names another. */
export function chromiumPrinter(): ReportPrinter {
  return {
    async print(html, signal) {
      const program = findChromium();
      if (program === undefined) throw new FaultError({ code: "pdf.noBrowser" });
      const folder = await mkdtemp(join(tmpdir(), "lastmile-pdf-"));
      try {
        const page = join(folder, "report.html");
        const pdf = join(folder, "report.pdf");
        await writeFile(page, html);
        await run(program, [...printing(folder), `--print-to-pdf=${pdf}`, pathToFileURL(page).href], signal);
        return await readFile(pdf).catch((cause: unknown) => {
          throw new FaultError({ code: "pdf.failed", reason: "noPdf" }, cause);
        });
      } finally {
        // Its last processes may still write there for a moment.
        await rm(folder, { recursive: true, force: true, maxRetries: 10 });
      }
    },
  };
}

function findChromium(): string | undefined {
  const chosen = process.env.LASTMILE_CHROMIUM;
  if (chosen !== undefined) return existsSync(chosen) ? chosen : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path));
}

/** A browser of its own that knows no name of any host: nothing leaves the machine. */
function printing(folder: string): readonly string[] {
  return [
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    `--user-data-dir=${join(folder, "profile")}`,
    "--no-pdf-header-footer",
    // Chromium refuses to run as root with its sandbox on; the page is ours and runs nothing.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ];
}

function run(program: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { signal, timeout: timeoutMs, killSignal: "SIGKILL" }, (error) => {
      if (error === null) resolve();
      else if (signal.aborted) reject(signal.reason);
      else {
        const reason = error.killed === true ? "tooSlow" : "noPdf";
        reject(new FaultError({ code: "pdf.failed", reason }, error));
      }
    });
  });
}
