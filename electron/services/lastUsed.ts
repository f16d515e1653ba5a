import type { JournalEntry } from "#capabilities/journal.ts";
import { serialSettingsSchema } from "#domain/site/schema.ts";
import { settingsText } from "#domain/site/settingsText.ts";
import type { SerialSettings, Site } from "#domain/site/site.ts";

/** More would keep the usual settings waiting. */
const most = 4;

/**
 * Settings that were right on this site, likeliest for a line first: what was detected for certain on it and then on
 * others, newest first, then what the site's other lines are set to.
 */
export function lastUsedSettings(
  site: Site,
  evidence: readonly JournalEntry[],
  line: string,
): readonly SerialSettings[] {
  const detected = evidence
    .filter(({ kind, body }) => kind === "job.detected" && body.certain === true)
    .toReversed()
    .flatMap(({ body }) => {
      const best = serialSettingsSchema.safeParse(body.best);
      return best.success ? [{ line: body.line, settings: best.data }] : [];
    });
  const own = detected.filter((one) => one.line === line);
  const rest = detected.filter((one) => one.line !== line);
  const others = site.lines.filter((one) => one.kind === "serial" && one.id !== line);
  const all = [...own, ...rest].map(({ settings }) => settings);
  for (const other of others) if (other.kind === "serial") all.push(other.settings);
  return [...new Map(all.map((settings) => [settingsText(settings), settings])).values()].slice(0, most);
}
