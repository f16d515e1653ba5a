import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProgram } from "#test/support/program.ts";
import { lossRun } from "#test/support/standin/lossRun.ts";
import { publishForever } from "#test/support/standin/publishForever.ts";
import { interleave, ratios } from "./parts/figures.ts";
import { stayOnOneCore } from "./parts/native.ts";
import { isInstalled } from "./parts/peers.ts";
import { fillLarge, openLarge, syncsPerSecond, tripsPerSecond } from "./parts/queueLimits.ts";
import { publishPeers } from "./parts/queuePeers.ts";
import { type BenchResult, runBench, type Series } from "./parts/report.ts";

const messages = 40_000;
const payloadBytes = 200;
const offline = 100_000;
const many = 1_000_000;

// The same file is the program that the bench kills and the one whose memory it measures.
const [role, ...words] = process.argv.slice(2);
if (role === "publish") await publishForever(words);
else if (role === "open") await openLarge(words[0] ?? "");
else await runBench(measure);

function startOwn(own: "publish" | "open") {
  return (given: readonly string[]) => startProgram(process.argv[1] ?? "", [own, ...given]);
}

/** How fast the stand-in publishes through its queue, what it loses, and how long a large queue takes to open. */
async function measure(rounds: number): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), "lastmile-bench-"));
  try {
    const loss = await lossRun(offline, folder, startOwn("publish"));
    await fillLarge(join(folder, "large.site.json"), many);
    const opened = await openedLarge(join(folder, "large.site.json"));
    const oneCore = stayOnOneCore();
    const rates = isInstalled("mosquitto_pub") ? await measureRates(rounds, folder) : undefined;
    return {
      title: `queue: ${messages.toLocaleString("en")} messages of ${payloadBytes} bytes at QoS 1, each on the disk first`,
      method: [
        `mosquitto and mosquitto_sub on loopback, ${oneCore ? "all on one core" : "wherever the system puts them"}; from the first message made to the last one received.`,
        "Ours: appended, synced (fdatasync), read back, published with 64 under way, acknowledged on the disk.",
        `Offline: ${offline.toLocaleString("en")} messages made without a broker, two SIGKILLs of the publisher, one restart of the broker.`,
      ],
      series: [
        ...(rates?.series ?? []),
        {
          ...{
            what: `${many.toLocaleString("en")} queued`,
            who: "opening",
            unit: "ms",
            perRound: [opened.openMs],
          },
          limit: 2000,
        },
        {
          ...{ what: `${many.toLocaleString("en")} queued`, who: "replay in order", unit: "messages/s" },
          perRound: [many / (opened.readMs / 1000)],
          counts: { "out of order": opened.wrong, "most memory MB": Math.round(opened.memoryMb) },
        },
        {
          ...{
            what: `${offline.toLocaleString("en")} offline`,
            who: "lost",
            unit: "",
            perRound: [loss.lost],
          },
          counts: { copies: loss.copies },
        },
      ],
      ratios: [
        ...(rates?.ratios ?? []),
        { name: "opening, of 2 s", perRound: [opened.openMs / 2000], goal: { atMost: 1 } },
        { name: "memory, of 200 MB", perRound: [opened.memoryMb / 200], goal: { atMost: 1 } },
      ],
      skipped: rates ? [] : [{ who: "mosquitto_pub", why: "not installed" }],
      wrong: loss.lost + opened.wrong,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureRates(rounds: number, folder: string) {
  const { peers, close } = await publishPeers(messages, payloadBytes, folder);
  try {
    // A publisher that just began compiles its own code: the first turn is not counted.
    for (const { run } of peers) await run();
    const limits = [
      { who: "fdatasync", run: () => syncsPerSecond(folder) },
      { who: "loopback", run: tripsPerSecond },
    ];
    const runs = await interleave(rounds, [...peers, ...limits]);
    const of = (who: string) => runs.get(who) ?? [];
    const [ours = "", theirs = ""] = peers.map(({ who }) => who);
    const series: readonly Series[] = [
      ...peers.map(({ who }) => ({ what: "published", who, unit: "messages/s", perRound: of(who) })),
      { what: "limit: disk", who: "write + fdatasync of 250 B", unit: "a second", perRound: of("fdatasync") },
      { what: "limit: loopback", who: "round trips of 200 B", unit: "a second", perRound: of("loopback") },
    ];
    return {
      series,
      ratios: [
        {
          name: `${ours} / ${theirs}`,
          perRound: ratios(of(ours), of(theirs)),
          goal: { atLeast: 0.9 } as const,
        },
      ],
    };
  } finally {
    await close();
  }
}

async function openedLarge(site: string) {
  const { stdout } = await startOwn("open")([site]).ended;
  return JSON.parse(stdout) as {
    readonly openMs: number;
    readonly readMs: number;
    readonly wrong: number;
    readonly memoryMb: number;
  };
}
