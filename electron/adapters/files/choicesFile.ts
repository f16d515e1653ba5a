import { mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import type { Choices } from "#capabilities/choices.ts";
import { atomicWrite } from "./atomicWrite.ts";

/** Choices that are kept; the oldest of more is forgotten. */
const kept = 200;
const fileSchema = z.array(z.strictObject({ name: z.string(), value: z.unknown() }));

/** Choices in one file of the person's data folder, the latest first. */
export function choicesFile(path: string): Choices {
  let turn: Promise<unknown> = Promise.resolve();

  async function all(): Promise<z.infer<typeof fileSchema>> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(path, "utf8")));
    } catch {
      return [];
    }
  }

  async function keep(name: string, value: unknown): Promise<void> {
    const others = (await all()).filter((one) => one.name !== name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await atomicWrite(path, `${JSON.stringify([{ name, value }, ...others].slice(0, kept), null, 2)}\n`);
    } catch {
      // What was chosen holds all the same, this time.
    }
  }

  return {
    async get(name) {
      return (await all()).find((one) => one.name === name)?.value;
    },
    set(name, value) {
      const mine = turn.then(() => keep(name, value));
      turn = mine;
      return mine;
    },
  };
}
