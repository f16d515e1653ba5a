import { keptItems, type TopicItem, type TopicName, topics } from "#contract/contract.ts";
import { createTable, type Table } from "#contract/table.ts";

/** The state that every client sees: one watchable table a topic. */
export type Tables = { readonly [T in TopicName]: Table<TopicItem<T>> };

export function createTables(): Tables {
  const tables = Object.keys(topics).map((name) => [name, createTable(keptItems[name as TopicName])]);
  return Object.fromEntries(tables) as Tables;
}
