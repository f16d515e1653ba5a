import type { CallInput, CallOutput } from "#contract/contract.ts";
import { ProblemError } from "#domain/problem.ts";
import { exportTags } from "#domain/tables/exportTags.ts";
import { type ExportFormat, packedAs, type TagSource } from "#domain/tables/formats.ts";
import { type ImportChoice, readTagFile, type TagFileReading } from "#domain/tables/readTagFile.ts";
import { tagKey } from "#domain/tag/tag.ts";
import { decodeText, type Encoding } from "./decodeText.ts";
import { importView } from "./importView.ts";
import { inSlices } from "./inSlices.ts";
import { rememberColumns, rememberedColumns } from "./rememberedColumns.ts";
import type { SiteDesk } from "./siteDesk.ts";
import type { Transfers } from "./transfers.ts";
import { uploadBytes } from "./uploadBytes.ts";
import type { World } from "./world.ts";

/** Tag files in and out: looked at before they are taken. */
export interface TagDesk {
  preview(input: CallInput<"tags.preview">, signal: AbortSignal): Promise<CallOutput<"tags.preview">>;
  take(importId: string, removeMissing: boolean, signal: AbortSignal): Promise<CallOutput<"tags.import">>;
  export(
    format: ExportFormat,
    line: string | undefined,
    signal: AbortSignal,
  ): Promise<CallOutput<"tags.export">>;
}

interface Upload {
  readonly id: string;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
}

interface Waiting {
  readonly id: string;
  readonly site: string;
  readonly reading: TagFileReading;
  readonly choice: NonNullable<CallInput<"tags.preview">["choice"]>;
}

export function tagDesk(world: World, desk: SiteDesk, files: Transfers): TagDesk {
  const { crypto, choices } = world;
  let upload: Upload | undefined;
  let waiting: Waiting | undefined;

  /** The latest upload stays, so that it can be looked at again with other columns. */
  async function take(id: string, isBase64: boolean, signal: AbortSignal): Promise<Upload> {
    if (upload?.id === id && !files.has(id)) return upload;
    const text = files.take(id);
    const bytes = isBase64 ? await inSlices(uploadBytes(text), world, signal) : undefined;
    upload = { id, bytes, text: isBase64 ? undefined : text };
    return upload;
  }

  async function sourceOf(
    { bytes, text }: Upload,
    asked: Encoding | undefined,
    signal: AbortSignal,
  ): Promise<{ readonly source: TagSource; readonly encoding: string }> {
    if (bytes === undefined) return { source: { text: text ?? "" }, encoding: "" };
    if (packedAs(bytes) !== undefined) return { source: { bytes }, encoding: "" };
    const decoded = await inSlices(decodeText(bytes, asked), world, signal);
    return { source: { text: decoded.text }, encoding: decoded.encoding };
  }

  return {
    async preview({ uploadId, line, base64 = false, choice = {} }, signal) {
      const site = desk.site();
      if (!site.lines.some((candidate) => candidate.id === line))
        throw new ProblemError({ code: "line.unknown", line });
      const { source, encoding } = await sourceOf(
        await take(uploadId, base64, signal),
        choice.encoding,
        signal,
      );
      const context = { lines: site.lines, defaultLine: line, existing: site.tags };
      const remembered = await rememberedColumns(choices);
      const work = readTagFile(source, choice as ImportChoice, context, remembered);
      const reading = await inSlices(work, world, signal);
      waiting = { id: crypto.randomId(), site: site.id, reading, choice };
      return importView(waiting.id, encoding, reading);
    },
    async take(importId, removeMissing, signal) {
      // What was looked at for one site is never taken into another, and nothing is taken twice.
      const taken = waiting;
      if (taken?.id !== importId || taken.site !== desk.site().id)
        throw new ProblemError({ code: "input.invalid", reason: `no import ${importId}` });
      const { tags, groups, changes } = taken.reading.table;
      // What was added to the site since the table was looked at is nobody's wish to remove.
      const present = new Set(removeMissing ? desk.site().tags.map(tagKey) : []);
      const remove = changes.missing.filter((key) => present.has(key));
      waiting = undefined;
      try {
        await desk.putTags({ kind: "putTags", tags, groups, remove }, signal);
      } catch (error) {
        waiting ??= taken;
        throw error;
      }
      upload = undefined;
      await rememberColumns(choices, taken.reading.titles, taken.choice);
      return { taken: tags.length, removed: remove.length };
    },
    async export(format, line, signal) {
      const site = desk.site();
      if (line !== undefined && !site.lines.some(({ id }) => id === line))
        throw new ProblemError({ code: "line.unknown", line });
      const tags = line === undefined ? site.tags : site.tags.filter((tag) => tag.line === line);
      const made = await inSlices(exportTags(format, { ...site, tags }, site.name), world, signal);
      return {
        ...files.offer(`${site.name} tags.${made.extension}`, made.bytes),
        tags: tags.length - made.leftOut.length,
        losses: made.losses.map((loss) => ({ ...loss })),
        leftOut: made.leftOut.map(tagKey),
      };
    },
  };
}
