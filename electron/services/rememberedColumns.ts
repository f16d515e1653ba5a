import type { Choices } from "#capabilities/choices.ts";
import { type CallInput, calls } from "#contract/contract.ts";
import type { ImportChoice, Remembered } from "#domain/tables/readTagFile.ts";

const place = "tag columns";
/** Kinds of tables that are remembered; the oldest of more is forgotten. */
const kept = 100;

type Choice = NonNullable<CallInput<"tags.preview">["choice"]>;
type Table = Readonly<Record<string, unknown>>;

/** How a person read tables with the same column titles before: their columns, base, numbers, area and order. */
export async function rememberedColumns(choices: Choices): Promise<Remembered> {
  const table = await tableOf(choices);
  return (titles) => {
    const found = calls["tags.preview"].input.shape.choice.safeParse(table[keyOf(titles)]);
    return found.success ? (found.data as ImportChoice | undefined) : undefined;
  };
}

/** Keeps what belongs to a kind of table; the unit and the sheet belong to one file. */
export async function rememberColumns(
  choices: Choices,
  titles: readonly string[],
  choice: Choice,
): Promise<void> {
  const { columns, base, numbers, area, order } = choice;
  const said = Object.fromEntries(
    Object.entries({ columns, base, numbers, area, order }).filter(([, value]) => value !== undefined),
  );
  if (titles.length === 0 || Object.keys(said).length === 0) return;
  const key = keyOf(titles);
  const others = Object.entries(await tableOf(choices)).filter(([other]) => other !== key);
  await choices.set(place, Object.fromEntries([[key, said], ...others].slice(0, kept)));
}

async function tableOf(choices: Choices): Promise<Table> {
  const table = await choices.get(place);
  return typeof table === "object" && table !== null ? (table as Table) : {};
}

function keyOf(titles: readonly string[]): string {
  return titles.map((title) => title.trim().toLowerCase().replace(/\s+/g, " ")).join(" | ");
}
