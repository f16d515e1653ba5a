type Fact = string | number | undefined;

/** The words for a fact that is there, nothing for one that is not. */
export function given(fact: Fact, words: (fact: string | number) => string): string {
  return fact === undefined || fact === "" ? "" : words(fact);
}

/** `1 tag`, `2 tags`. */
export function plural(count: Fact, one: string, many: string): string {
  return `${count ?? 0} ${Number(count) === 1 ? one : many}`;
}
