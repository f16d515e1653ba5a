import { failuresOf } from "#contract/failure.ts";
import { FaultError, hasFault } from "#domain/fault.ts";
import { probeNodeOf } from "#domain/gateway/probePlan.ts";
import { ProblemError } from "#domain/problem.ts";
import { decodeValue } from "#domain/tag/decode.ts";
import { formatValue } from "#domain/tag/format.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { spanOf } from "#domain/tag/span.ts";
import { type Tag, type TagType, tagKey, tagTypes } from "#domain/tag/tag.ts";
import { placeOf } from "#services/lineDesk.ts";
import { openTraffic } from "#services/lineTraffic.ts";
import { wordsText } from "#services/liveValues.ts";
import { gatewayProbe } from "#services/probe/gatewayProbe.ts";
import { removeLeftProbes } from "#services/probe/openProbes.ts";
import { readLine, type WireReading } from "#services/wireReader.ts";
import { withGateway } from "./gatewayWay.ts";
import { lineOf, lineOptions, lineUsage } from "./linePlace.ts";
import { accountOptions } from "./session.ts";
import { type Call, done, type Verb } from "./verb.ts";
import { withWorld } from "./world.ts";

export const read: Verb = {
  usage: `read (${lineUsage.slice(1, -1)} | --gateway URL --node NAME [--user admin]) ADDRESS[:TYPE]… [--watch]   (1!400001:float, 3!000001, 1!400021.10H:string)`,
  options: {
    ...lineOptions,
    ...accountOptions,
    gateway: { type: "string" },
    node: { type: "string" },
    watch: { type: "boolean" },
  },
  run: (call) => {
    if (call.options.gateway !== undefined) return readThrough(call);
    return withWorld(async (world) => {
      const line = lineOf(call.options);
      const tags = call.words.map((word) => tagOf(word, line.id));
      const keys = new Set(tags.map(tagKey));
      if (tags.length === 0) throw new ProblemError({ code: "usage", reason: "needs an address" });
      const traffic = openTraffic(placeOf(line), {
        lines: world.lines,
        clock: world.clock,
        onFrame: () => undefined,
      });
      const stop = new AbortController();
      const signal = AbortSignal.any([call.signal, stop.signal]);
      const latest = new Map<string, WireReading>();
      // Another master on the line is an answer in itself: nothing may be sent.
      traffic.onState((state) => {
        if (state.at === "taken" && !call.options.watch) {
          stop.abort(
            new FaultError({ code: "line.taken", frames: state.frames, units: state.units.join(", ") }),
          );
        }
      });
      const onReading = (reading: WireReading) => {
        latest.set(reading.key, reading);
        if (call.options.watch) call.terminal.line(describeReading(reading));
        else if (latest.size === keys.size) stop.abort();
      };
      const settings = { traffic, clock: world.clock, priority: "person", cycleMs: 1000, onReading } as const;
      const isStopped = () => stop.signal.aborted || (call.options.watch === true && call.signal.aborted);
      try {
        await readLine(line, tags, settings, signal);
      } catch (error) {
        if (!isStopped()) throw error;
      } finally {
        await traffic.close();
      }
      if (stop.signal.reason instanceof FaultError) throw stop.signal.reason;
      // Ctrl+C is how watching ends.
      if (call.options.watch) return done({});
      return report(tags, latest, call);
    });
  },
};

/** Where the laptop has no wire, the gateway reads: of a node that it runs, any address, at its own port. */
async function readThrough(call: Call) {
  const { gateway: url, node: name } = call.options;
  if (typeof url !== "string" || typeof name !== "string" || call.words.length === 0)
    throw new ProblemError({ code: "usage", reason: read.usage });
  const tags = call.words.map((word) => tagOf(word, name));
  return withGateway(
    call,
    url,
    async (session, world) => {
      await removeLeftProbes(world, session, call.signal);
      const probe = gatewayProbe(world, call.options.watch ? 2500 : 0);
      const node = probeNodeOf(await session.config(call.signal), name);
      if (!node.ok) throw new ProblemError(node.problem);
      const latest = new Map<string, WireReading>();
      const readOnce = async (tag: Tag) => {
        const { registers: count, ...place } = spanOf(tag.address, tag.type);
        const key = tagKey(tag);
        try {
          const { words, at } = await probe.read(session, node.value, { ...place, count }, call.signal);
          return {
            key,
            tag,
            at,
            words,
            by: "read" as const,
            value: decodeValue(words, tag.address, tag.type),
          };
        } catch (error) {
          if (!hasFault(error, "gateway.refused")) throw error;
          return { key, tag, at: world.clock.now(), fault: error.fault };
        }
      };
      try {
        do {
          for (const tag of tags) {
            const reading = await readOnce(tag);
            latest.set(reading.key, reading);
            if (call.options.watch) call.terminal.line(describeReading(reading));
          }
          if (call.options.watch) await world.clock.sleep(1000, call.signal);
        } while (call.options.watch);
      } catch (error) {
        // Ctrl+C is how watching ends.
        if (!call.options.watch || !call.signal.aborted) throw error;
        return done({});
      } finally {
        await probe.close();
      }
      return report(tags, latest, call);
    },
    { lasting: true },
  );
}

function tagOf(word: string, line: string): Tag {
  const [address = "", named] = word.split(":");
  const isBit = /![01]/.test(address) || /\.\d+$/.test(address);
  const type = (named ?? (isBit ? "bit" : "uint16")) as TagType;
  if (!tagTypes.includes(type)) throw new ProblemError({ code: "tag.typeUnknown", text: type });
  const parsed = parseAddress(address, type);
  if (!parsed.ok) throw new ProblemError(parsed.problem);
  const usual = { scale: 1, bias: 0, precision: 0, unit: "", description: "" };
  return { ...usual, line, group: "read", name: word, address: parsed.value, type, access: ["read"] };
}

function report(tags: readonly Tag[], latest: ReadonlyMap<string, WireReading>, call: Call) {
  const readings = tags.flatMap((tag) => latest.get(tagKey(tag)) ?? []);
  const failed = readings.find((reading) => "fault" in reading);
  if (failed && "fault" in failed && readings.every((reading) => "fault" in reading)) {
    throw new FaultError(failed.fault);
  }
  for (const reading of readings) call.terminal.line(describeReading(reading));
  const values = readings.map((reading) =>
    "fault" in reading
      ? { address: reading.tag.name, failures: failuresOf(new FaultError(reading.fault)) }
      : {
          address: reading.tag.name,
          value: reading.value,
          words: wordsText(reading.words, reading.tag),
          offset: reading.tag.address.offset,
          at: new Date(reading.at).toISOString(),
        },
  );
  return done({ values }, !failed);
}

function describeReading(reading: WireReading): string {
  const name = reading.tag.name.padEnd(24);
  if ("fault" in reading) return `${name} ${reading.fault.code}`;
  return `${name} ${formatValue(reading.value, reading.tag).padStart(14)}   ${wordsText(reading.words, reading.tag)}`;
}
