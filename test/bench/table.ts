import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { printSite } from "#domain/site/siteFile.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { median } from "./parts/figures.ts";
import { type BenchResult, runBench } from "./parts/report.ts";

const tags = 100_000;
/** the tags of the PLC, at the head of the table, read every second: all of them change each time */
const changing = 2000;
const runMs = 4000;

interface Scrolling {
  readonly fps: number;
  readonly p95Ms: number;
}

await runBench(measure);

/** How smoothly 100,000 tags scroll in the product as it is, while values change. */
async function measure(rounds: number): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-bench-"));
  const plc = await servePlc();
  await writeFile(join(folder, "large.site.json"), largeSite(plc.port));
  const host = await startHost(folder);
  const browser = await chromium.launch(browserOptions());
  try {
    const page = await openTags(browser, host.link);
    const mountMs = await timeToFirstRow(page);
    await page.getByRole("button", { name: "Read live values" }).click();
    await allRead(page);
    const plain: Scrolling[] = [];
    const slowed: Scrolling[] = [];
    const session = await page.context().newCDPSession(page);
    for (let round = 0; round < rounds; round += 1) {
      await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
      plain.push(await scroll(page));
      await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
      slowed.push(await scroll(page));
    }
    const fps = (runs: readonly Scrolling[]) => runs.map((run) => run.fps);
    const counts = (runs: readonly Scrolling[]) => ({
      "p95 ms between frames": median(runs.map((run) => run.p95Ms)).toFixed(1),
    });
    return {
      title: `table: ${tags} tags scrolled 120 px a frame, ${changing} values a second changing`,
      method: [
        "The built web host, a PLC on a socket, the system's Chromium without a screen; frames by requestAnimationFrame.",
        `${changing} tags are the PLC's, in one place of the table; the others are of a line that is not wired yet.`,
        "4× slower: Chromium's own throttle of the page's processor.",
      ],
      series: [
        {
          what: "scrolling",
          who: "Lastmile",
          unit: "fps",
          perRound: fps(plain),
          limit: 60,
          counts: counts(plain),
        },
        {
          what: "scrolling, 4× slower",
          who: "Lastmile",
          unit: "fps",
          perRound: fps(slowed),
          limit: 60,
          counts: counts(slowed),
        },
        { what: "step opened", who: "Lastmile", unit: "ms", perRound: [mountMs] },
      ],
      ratios: [
        { name: "frames a second", perRound: fps(plain), goal: { atLeast: 58 } },
        { name: "frames a second, 4× slower", perRound: fps(slowed), goal: { atLeast: 45 } },
      ],
      skipped: [],
      wrong: 0,
    };
  } finally {
    await browser.close();
    await host.stop();
    plc.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function browserOptions() {
  const path = process.env.LASTMILE_CHROMIUM ?? "/usr/bin/chromium";
  return { executablePath: path, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] };
}

function largeSite(port: number): string {
  const tcp = { kind: "tcp", host: "127.0.0.1", timeoutMs: 1000, units: [] } as const;
  const plc = { ...tcp, id: "plc", name: "plc", port };
  const unwired = { ...tcp, id: "unwired", name: "unwired", port: 1 };
  const all = Array.from({ length: tags }, (_, index): Tag => {
    const line = index < changing ? plc : unwired;
    const unit = 1 + Math.floor(index / 30_000);
    return {
      line: line.id,
      group: "all",
      name: `tag_${index}`,
      address: { unit, area: "holding", offset: (index % 30_000) * 2, order: "LL" },
      type: "uint32",
      access: ["read"],
      scale: 0.1,
      bias: 0,
      precision: 1,
      unit: "kW",
      description: `Point ${index} of a large site`,
    };
  });
  return printSite({
    id: "large",
    name: "Large site",
    path: [],
    engineer: "",
    note: "",
    training: false,
    gateway: null,
    lines: [plc, unwired],
    groups: [plc, unwired].map((line) => ({ line: line.id, name: "all", intervalMs: 1000 })),
    tags: all,
    uplink: null,
  });
}

/** A PLC whose every register counts up with each read. */
async function servePlc(): Promise<{ readonly port: number; close(): void }> {
  let value = 0;
  const server = createServer((socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      while (rest.length >= 12) {
        const count = rest.readUInt16BE(10);
        const reply = Buffer.alloc(9 + count * 2);
        rest.copy(reply, 0, 0, 8);
        reply.writeUInt16BE(3 + count * 2, 4);
        reply[8] = count * 2;
        value = (value + 1) & 0xffff;
        for (let at = 9; at < reply.length; at += 2) reply.writeUInt16BE(at % 4 === 1 ? 0 : value, at);
        rest = rest.subarray(12);
        socket.write(reply);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { port: address.port, close: () => server.close() };
}

async function startHost(folder: string): Promise<{ readonly link: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, ["build/out/cli/main.mjs", "web"], {
    env: { ...process.env, LASTMILE_DATA: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const link = await new Promise<string>((resolve, reject) => {
    let printed = "";
    child.once("exit", () =>
      reject(new Error(`the web host did not start; build first: npm run build\n${printed}`)),
    );
    child.stdout.setEncoding("utf8").on("data", (text) => {
      printed += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?key=[\w-]+/.exec(printed)?.[0];
      if (found) resolve(found);
    });
  });
  return {
    link,
    async stop() {
      child.kill("SIGINT");
      await exited;
    },
  };
}

async function openTags(browser: Browser, link: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 960 } });
  page.setDefaultTimeout(60_000);
  await page.goto(link);
  await page.getByRole("button", { name: /large/i }).first().click();
  await page.getByRole("banner").getByText("Large site").waitFor();
  return page;
}

async function timeToFirstRow(page: Page): Promise<number> {
  // The tags are on the page's side before the step is opened, as after looking at any other step.
  await page
    .getByRole("navigation", { name: "Steps" })
    .getByRole("link", { name: /Tags.*(100[,.\s]?000|attention)/ })
    .waitFor();
  const startedAt = performance.now();
  await page.getByRole("navigation", { name: "Steps" }).getByText("Tags", { exact: true }).click();
  await page.getByText("tag_3", { exact: true }).waitFor();
  return performance.now() - startedAt;
}

/** The first reading of every tag passes; what stays is what changes. */
async function allRead(page: Page): Promise<void> {
  await page.evaluate(() => {
    const grid = document.querySelector<HTMLElement>("[role=grid][aria-label=Tags]");
    if (grid) grid.scrollTop = grid.scrollHeight;
  });
  const last = page.getByRole("row").filter({ hasText: `tag_${tags - 1}` });
  await last.getByText("Bad", { exact: true }).first().waitFor({ timeout: 120_000 });
}

function scroll(page: Page): Promise<Scrolling> {
  return page.evaluate(async (ms) => {
    const grid = document.querySelector<HTMLElement>("[role=grid][aria-label=Tags]");
    if (!grid) throw new Error("no table");
    grid.scrollTop = 0;
    const gaps: number[] = [];
    let step = 120;
    let last = await new Promise<number>(requestAnimationFrame);
    const end = last + ms;
    while (last < end) {
      // Up and down among the rows whose values change.
      if (grid.scrollTop > 60_000 || grid.scrollTop < 0) step = -step;
      grid.scrollTop += step;
      const now = await new Promise<number>(requestAnimationFrame);
      gaps.push(now - last);
      last = now;
    }
    gaps.sort((a, b) => a - b);
    return {
      fps: (gaps.length * 1000) / gaps.reduce((sum, gap) => sum + gap, 0),
      p95Ms: gaps[Math.floor(gaps.length * 0.95)] ?? 0,
    };
  }, runMs);
}
