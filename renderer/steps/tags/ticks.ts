/** The set with the key in it if it was out, and out if it was in. */
export function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Ticked keys that still exist; the same set when none has gone. */
export function kept(set: ReadonlySet<string>, exists: (key: string) => boolean): ReadonlySet<string> {
  const left = [...set].filter(exists);
  return left.length === set.size ? set : new Set(left);
}
