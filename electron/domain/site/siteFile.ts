import { z } from "zod";
import type { Problem } from "#domain/problem.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { runThrough, type Sliced } from "#domain/sliced.ts";
import { parseAddress } from "#domain/tag/parseAddress.ts";
import { printAddress } from "#domain/tag/printAddress.ts";
import type { Tag } from "#domain/tag/tag.ts";
import { addressSchema, siteHeadSchema, tagSchema } from "./schema.ts";
import type { Site } from "./site.ts";
import { siteContradictions } from "./siteContradictions.ts";
import { printSiteText, tagLines } from "./siteText.ts";

/** The newest format that this program writes and reads: 2 has a bridge or rules, which older programs would lose. */
const siteFormat = 2;

function formatOf(site: Site): number {
  return site.bridge || site.rules ? siteFormat : 1;
}

/**
 * The site file: JSON for people and for git. Fixed key order, 2 spaces, one tag, group and unit a line, addresses
 * in Neuron's grammar with register numbers from 1. It has no secrets, because a Site has none.
 */
export function printSite(site: Site): string {
  return runThrough(printSiteInSlices(site));
}

/** The same for a site that may have many tags. */
export function* printSiteInSlices(site: Site): Sliced<string> {
  const texts: string[] = [];
  for (let from = 0; from < site.tags.length; from += tagsASlice) {
    texts.push(tagLines(site.tags.slice(from, from + tagsASlice).map(fileTag)));
    yield;
  }
  return printSiteText(formatOf(site), site, texts);
}

const tagsASlice = 200;

/**
 * Reads a site file; never throws, whatever the text.
 *
 * Problems: `file.notJson` with the reader's reason, `file.newerFormat`, and one `file.notASite` for each field
 * that is wrong, with its path in `at.field`; an address that does not fit keeps its own code.
 */
export function parseSite(text: string): Result<Site, readonly Problem[]> {
  const json = readJson(text.startsWith("\uFEFF") ? text.slice(1) : text);
  if (!json.ok) return refused([json.problem]);
  if (typeof json.value !== "object" || json.value === null || Array.isArray(json.value)) {
    return refused([notASite("", "it is not a JSON object")]);
  }
  const { format, ...rest } = json.value as Record<string, unknown>;
  if (typeof format !== "number" || !Number.isInteger(format) || format < 1) {
    return refused([notASite("format", "it must be a whole number from 1")]);
  }
  if (format > siteFormat) return refused([{ code: "file.newerFormat", format, known: siteFormat }]);
  const read = siteSchema.safeParse(rest);
  if (!read.success) return refused(read.error.issues.slice(0, shownProblems).map(problemOf));
  return readTags(read.data);
}

/** A file that is wrong in every line needs no thousand sentences. */
const shownProblems = 50;

// An address that no gateway takes has no text. It is kept as an object, so that saving never loses a tag.
const fileTagSchema = tagSchema.extend({ address: z.union([z.string(), addressSchema]) });
const siteSchema = siteHeadSchema.extend({ tags: z.array(fileTagSchema).readonly() });

type FileSite = z.infer<typeof siteSchema>;
type FileTag = Omit<Tag, "address"> & { readonly address: string | Tag["address"] };

function fileTag(tag: Tag): FileTag {
  const text = printAddress(tag.address);
  const back = parseAddress(text, tag.type);
  return { ...tag, address: back.ok && printAddress(back.value) === text ? text : tag.address };
}

function readTags(file: FileSite): Result<Site, readonly Problem[]> {
  const problems: Problem[] = [];
  const tags: Tag[] = [];
  for (const [index, tag] of file.tags.entries()) {
    if (typeof tag.address !== "string") {
      tags.push({ ...tag, address: tag.address });
      continue;
    }
    const address = parseAddress(tag.address, tag.type);
    if (address.ok) tags.push({ ...tag, address: address.value });
    else problems.push({ ...address.problem, at: { field: `tags[${index}].address` } });
  }
  const site: Site = { ...file, tags };
  problems.push(...siteContradictions(site));
  return problems.length > 0 ? refused(problems.slice(0, shownProblems)) : ok(site);
}

function readJson(text: string): Result<unknown, Problem> {
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return refused({ code: "file.notJson", reason: error instanceof Error ? error.message : String(error) });
  }
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  const path = issue.path.reduce<string>((before, part) => {
    if (typeof part === "number") return `${before}[${part}]`;
    return before === "" ? String(part) : `${before}.${String(part)}`;
  }, "");
  return notASite(path, issue.message);
}

function notASite(field: string, reason: string): Problem {
  return { code: "file.notASite", reason, at: { field } };
}
