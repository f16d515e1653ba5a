import { fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import ModbusSerial from "modbus-serial";
import { tcpLine } from "#adapters/modbus/tcpLine.ts";
import { openTcpPipe } from "#adapters/tcp/tcpPipe.ts";
import { readRequest } from "#domain/modbus/pdu.ts";
import { interleave, type Peer, ratios } from "./parts/figures.ts";
import { compile, jsonFrom, stand, stayOnOneCore } from "./parts/native.ts";
import { areRightWords, isRightReply, offsetOf, registerBytes } from "./parts/registers.ts";
import { type BenchResult, type Ratio, runBench } from "./parts/report.ts";

const registers = 125;
const runMs = 800;
const ours = "Lastmile";

interface Run {
  readonly perSecond: number;
  /** the client's processor time for one read */
  readonly cpuUs: number;
  readonly wrong: number;
}

if (process.send) await serveLeast();
else await runBench(measure);

/** What a read over TCP costs the processor: one request outstanding, client and server on one core. */
async function measure(rounds: number): Promise<BenchResult> {
  const oneCore = stayOnOneCore();
  const server = compile("rawServer");
  const port = Number("path" in server ? (await stand(server.path, [])).place : await forkServer());
  const libmodbus = compile("libmodbusClient", "libmodbus");
  const peers: Peer<Run>[] = [
    { who: ours, run: () => readByLastmile(port) },
    { who: "modbus-serial", run: () => readByModbusSerial(port) },
    { who: "bare socket", run: () => readBySocket(port) },
  ];
  if ("path" in libmodbus) peers.push({ who: "libmodbus", run: () => readByLibmodbus(libmodbus.path, port) });
  // The first runs are the compiler's.
  for (const peer of peers) await peer.run();
  const runs = await interleave(rounds, peers);
  const perSecond = (who: string) => (runs.get(who) ?? []).map((run) => run.perSecond);
  const cpuUs = (who: string) => (runs.get(who) ?? []).map((run) => run.cpuUs);
  const wrongOf = (who: string) => (runs.get(who) ?? []).reduce((sum, run) => sum + run.wrong, 0);
  const goals: Ratio[] = [
    {
      name: `${ours} / modbus-serial`,
      perRound: ratios(perSecond(ours), perSecond("modbus-serial")),
      goal: { atLeast: 2 },
    },
    {
      name: `modbus-serial / ${ours}, processor time`,
      perRound: ratios(cpuUs("modbus-serial"), cpuUs(ours)),
    },
    { name: `${ours} / bare socket`, perRound: ratios(perSecond(ours), perSecond("bare socket")) },
  ];
  if ("path" in libmodbus) {
    const perRound = ratios(perSecond(ours), perSecond("libmodbus"));
    goals.push({ name: `${ours} / libmodbus`, perRound, goal: { atLeast: 0.7 } });
    const cpu = ratios(cpuUs("libmodbus"), cpuUs(ours));
    goals.push({ name: `libmodbus / ${ours}, processor time`, perRound: cpu });
  }
  return {
    title: `tcp: reads of ${registers} registers a second, one outstanding`,
    method: [
      `Client and server ${oneCore ? "on one core" : "wherever the system puts them: no taskset, so ratios mean little"}; ${
        "path" in server ? "native/rawServer.c" : "a node server, since there is no C compiler"
      }. ${runMs} ms a run.`,
      "The bare socket writes requests and counts bytes, no more: what node allows at best.",
    ],
    series: [
      ...peers.map(({ who }) => ({
        what: "reads",
        who,
        unit: "/s",
        perRound: perSecond(who),
        counts: who === "bare socket" ? {} : { "wrong values": wrongOf(who) },
      })),
      ...peers.map(({ who }) => ({
        what: "the client's processor time for a read",
        who,
        unit: "µs",
        perRound: cpuUs(who),
      })),
    ],
    ratios: goals,
    skipped: "missing" in libmodbus ? [{ who: "libmodbus", why: libmodbus.missing }] : [],
    wrong: wrongOf(ours),
  };
}

async function readByLastmile(port: number): Promise<Run> {
  const { signal } = new AbortController();
  const line = tcpLine(await openTcpPipe("127.0.0.1", port, signal), "bench");
  const run = await readAgainAndAgain(async (offset) => {
    const { pdu } = await line.exchange(1, readRequest("holding", offset, registers), 2000, signal);
    return isRightReply(pdu, offset, registers);
  });
  await line.close();
  return run;
}

async function readByModbusSerial(port: number): Promise<Run> {
  const client = new ModbusSerial();
  await client.connectTCP("127.0.0.1", { port });
  client.setID(1);
  client.setTimeout(2000);
  const run = await readAgainAndAgain(async (offset) => {
    const { data } = await client.readHoldingRegisters(offset, registers);
    return areRightWords(data, offset, registers);
  });
  await new Promise<void>((resolve) => client.close(() => resolve()));
  return run;
}

async function readBySocket(port: number): Promise<Run> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  const request = Buffer.from([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, registers]);
  let answered = () => {};
  let left = 0;
  socket.on("data", (chunk) => {
    left -= chunk.length;
    if (left === 0) answered();
  });
  const run = await readAgainAndAgain(
    () =>
      new Promise((resolve) => {
        left = 9 + registers * 2;
        answered = () => resolve(true);
        socket.write(request);
      }),
  );
  socket.destroy();
  return run;
}

async function readByLibmodbus(program: string, port: number): Promise<Run> {
  const args = ["tcp", "127.0.0.1", port, registers, runMs];
  const result = (await jsonFrom(program, args)) as Record<"reads" | "wrong" | "ms" | "cpuUs", number>;
  const { reads, wrong, ms, cpuUs } = result;
  return { perSecond: (reads * 1000) / ms, cpuUs: cpuUs / reads, wrong };
}

async function readAgainAndAgain(read: (offset: number) => Promise<boolean>): Promise<Run> {
  const cpuBegun = process.cpuUsage();
  const begun = performance.now();
  let reads = 0;
  let wrong = 0;
  let now = begun;
  while (now < begun + runMs) {
    if (!(await read(offsetOf(reads++)))) wrong++;
    now = performance.now();
  }
  const { user, system } = process.cpuUsage(cpuBegun);
  return { perSecond: (reads * 1000) / (now - begun), cpuUs: (user + system) / reads, wrong };
}

/** Without a C compiler this file is its own server, in a process of its own. */
async function forkServer(): Promise<unknown> {
  const child = fork(fileURLToPath(import.meta.url));
  const [port] = await once(child, "message");
  return port;
}

async function serveLeast(): Promise<void> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    socket.on("data", (request) => {
      const count = request.readUInt16BE(10);
      const head = [...request.subarray(0, 4), 0, 3 + count * 2, 1, 3, count * 2];
      socket.write(Buffer.concat([Buffer.from(head), registerBytes(request.readUInt16BE(8), count)]));
    });
  });
  process.on("disconnect", () => process.exit());
  await once(server.listen(0, "127.0.0.1"), "listening");
  process.send?.((server.address() as AddressInfo).port);
}
