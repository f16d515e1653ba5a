import { lintSite } from "../gateway/lint.ts";
import type { Problem } from "../problem.ts";
import { ok, type Result, refused } from "../result.ts";
import { slugOf } from "../site/fileName.ts";
import type { Site } from "../site/site.ts";
import { topicOf } from "../site/topic.ts";
import type { Sliced } from "../sliced.ts";
import { drawnName } from "../trust/looksAlike.ts";
import { cloneSite, inRow, type Sha256, type Template } from "./cloneSite.ts";
import type { CloneTable } from "./cloneTable.ts";

/** One site to be written. */
export interface Clone {
  readonly row: number;
  readonly site: Site;
  /** names its folder and files, unlike any other of the batch on every file system */
  readonly slug: string;
  /** the gateway's, where the table knows it */
  readonly serial: string | undefined;
  readonly key: string | undefined;
}

/** A table that is wrong in every row needs no thousand sentences. */
const shownProblems = 50;

/**
 * Makes the sites of a table, all of them or none. Each is one that its gateway takes, and no two of them share an
 * id, a name (nor look alike), a client id, a topic, a gateway or a file name.
 *
 * Problems: those of cloneSite and lintSite, `clone.keyInvalid`, `clone.serialInvalid`, and `clone.notUnique`.
 */
export function* planClones(
  template: Template,
  table: CloneTable,
  sha256: Sha256,
): Sliced<Result<readonly Clone[], readonly Problem[]>> {
  const problems: Problem[] = [];
  const clones: Clone[] = [];
  const taken = new Map<string, number>();
  for (const row of table.rows) {
    const made = cloneSite(template, row, sha256);
    if (made.ok) {
      const [serial, key] = [row.cells.get("serial"), row.cells.get("key")];
      const clone = { row: row.row, site: made.value, slug: slugOf(made.value.name), serial, key };
      const wrong = [
        ...lintSite(clone.site).map((problem) => inRow(problem, row.row)),
        ...gatewayProblems(clone),
        ...twins(clone, taken),
      ];
      if (wrong.length === 0) clones.push(clone);
      problems.push(...wrong);
    } else problems.push(...made.problem);
    if (problems.length >= shownProblems) break;
    yield;
  }
  return problems.length > 0 ? refused(problems.slice(0, shownProblems)) : ok(clones);
}

function gatewayProblems({ row, serial, key }: Clone): readonly Problem[] {
  const problems: Problem[] = [];
  if (serial !== undefined && !/^[A-Za-z0-9._:-]{1,64}$/.test(serial))
    problems.push({ code: "clone.serialInvalid", text: serial, at: { row, column: "serial" } });
  if (key !== undefined && !/^[A-Za-z0-9+/]{43}=$/.test(key))
    problems.push({ code: "clone.keyInvalid", text: key, at: { row, column: "key" } });
  return problems;
}

/** What this site shares with one before it; takes what it does not. */
function twins(clone: Clone, taken: Map<string, number>): readonly Problem[] {
  const { site, slug, row } = clone;
  const topics = site.lines.flatMap((line) =>
    site.groups.filter((group) => group.line === line.id).map((group) => topicOf(site, line, group.name)),
  );
  const names: readonly (readonly [string, string | undefined, string?])[] = [
    ["id", site.id],
    ["name", site.name, drawnName(site.name)],
    ["file", slug],
    ["clientId", site.uplink?.clientId],
    ["serial", clone.serial],
    ["key", clone.key],
    ...topics.map((topic) => ["topic", topic] as const),
  ];
  const own = new Set<string>();
  return names.flatMap(([what, value, alike]) => {
    if (value === undefined) return [];
    const key = `${what}\n${alike ?? value}`;
    const other = own.has(key) ? row : taken.get(key);
    own.add(key);
    if (other === undefined) taken.set(key, row);
    return other === undefined ? [] : [{ code: "clone.notUnique", what, value, row: other, at: { row } }];
  });
}
