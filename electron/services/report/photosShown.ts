import type { Photo } from "#domain/acceptance/acceptance.ts";

/** A page that nobody can send is no report: photos beyond this are named by their hash alone. */
const shownBytes = 24 * 1024 * 1024;

/** The photos that a rendering shows, in the order in which they were taken in. */
export function photosShown(photos: readonly Photo[]): readonly Photo[] {
  let left = shownBytes;
  return photos.filter(({ bytes }) => {
    left -= bytes;
    return left >= 0;
  });
}
