import { z } from "zod";
import { calls, topics } from "./contract.ts";

/**
 * Names the contract by its shape: equal on both ends of a pipe, or the page is older or newer than its host.
 *
 * @returns 16 lower-case hex digits, the same for the same calls, topics and schemas in any order
 * @see FNV-1a, 64 bits
 */
export function contractHash(): string {
  known ??= fnv1a(printShape(contractShape()));
  return known;
}

let known: string | undefined;

function contractShape(): unknown {
  return {
    calls: Object.fromEntries(
      Object.entries(calls).map(([name, { input, output }]) => [name, [shapeOf(input), shapeOf(output)]]),
    ),
    topics: Object.fromEntries(Object.entries(topics).map(([name, item]) => [name, shapeOf(item)])),
  };
}

function shapeOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
}

/** JSON with its keys in order, so that moving a line in the source is not a new contract. */
export function printShape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printShape).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${printShape(item)}`).join(",")}}`;
}

export function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return hash.toString(16).padStart(16, "0");
}
