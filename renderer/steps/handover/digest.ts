/** A digest in groups of four, as one reads it out over the phone. */
export function groupDigest(digest: string): string {
  return (digest.match(/.{1,4}/g) ?? []).join(" ");
}

/** Enough of a hash to tell files apart at a glance. */
export function shortHash(hash: string): string {
  return hash.length <= 20 ? hash : `${hash.slice(0, 16)}…`;
}
