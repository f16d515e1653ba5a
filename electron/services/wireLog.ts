import type { Frame } from "#capabilities/line.ts";
import type { Message } from "#capabilities/uplink.ts";
import type { Table } from "#contract/table.ts";
import type { WireView } from "#contract/views.ts";
import { describeFrame } from "#domain/modbus/describe.ts";
import { type PayloadDecoder, payloadDecoder } from "#domain/payload/payloadDecoder.ts";
import type { DecodedPayload, PayloadValue } from "#domain/payload/reading.ts";
import { phrase } from "#domain/phrase.ts";
import type { Line } from "#domain/site/site.ts";
import { utf8Text } from "#domain/utf8.ts";

/** Everything that passed on the lines and the uplink, decoded, newest kept. */
export interface WireLog {
  frame(line: Line, frame: Frame): void;
  /** @param decode how the payload is read; by its looks where nothing else is said */
  message(
    direction: "sent" | "received",
    message: Pick<Message, "topic" | "payload" | "at">,
    decode?: PayloadDecoder,
  ): void;
}

/** Characters of a payload that are shown: the drawer is for looking, the evidence for keeping. */
const shownPayload = 2000;
const shownReadings = 60;
const shownText = 120;

export function wireLog(table: Table<WireView>): WireLog {
  let seq = 0;
  const usual = payloadDecoder();
  if (!usual.ok) throw new Error("a decoder without a choice is always made");

  function put(item: Omit<WireView, "key" | "seq">): void {
    seq += 1;
    table.set({ key: String(seq), seq, ...item });
  }

  return {
    frame(line, frame) {
      const tcp = line.kind === "tcp";
      const body = tcp ? frame.bytes.subarray(6) : frame.bytes.subarray(0, -2);
      const good = frame.verdict === "good" && body.length >= 2;
      put({
        at: frame.at,
        medium: "modbus",
        line: line.name,
        direction: frame.direction,
        unit: body[0] ?? null,
        says: good
          ? describeFrame(body[0] ?? 0, body.subarray(1), frame.direction)
          : phrase(frame.verdict === "badCrc" ? "wire.badCrc" : "wire.noise", { bytes: frame.bytes.length }),
        bytes: hex(frame.bytes),
        verdict: frame.verdict,
        gapMs: frame.gapMs,
      });
    },
    message(direction, message, decode = usual.value) {
      const text = utf8Text(message.payload) ?? hex(message.payload);
      const read = decode(message.topic, message.payload);
      put({
        at: message.at,
        medium: "mqtt",
        line: message.topic,
        direction,
        unit: null,
        says: phrase(direction === "sent" ? "wire.publish" : "wire.message", {
          topic: message.topic,
          bytes: message.payload.length,
        }),
        bytes: text.length > shownPayload ? `${text.slice(0, shownPayload)}…` : text,
        verdict: "good",
        gapMs: 0,
        ...(read.ok && read.value.readings.length > 0 && { decoded: decodedView(read.value) }),
      });
    },
  };
}

function decodedView({ format, readings, notes }: DecodedPayload): NonNullable<WireView["decoded"]> {
  const shown = readings.slice(0, shownReadings).map(({ device, tag, value, error, at }) => ({
    device,
    tag,
    text: error === undefined ? textOf(value) : `#${error}`,
    at,
  }));
  return { format, readings: shown, more: readings.length - shown.length, notes: [...notes] };
}

function textOf(value: PayloadValue | undefined): string {
  const text = Array.isArray(value) ? value.join(" ") : String(value ?? "–");
  return text.length > shownText ? `${text.slice(0, shownText)}…` : text;
}

/** Bytes as people read them: `11 03 00 00`. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
}
