import { useSyncExternalStore } from "react";

const narrow = "(max-width: 1240px)";

/** True where the map has no room for anything beside it. */
export function useNarrow(): boolean {
  return useSyncExternalStore(follow, () => matchMedia(narrow).matches);
}

function follow(listener: () => void): () => void {
  const query = matchMedia(narrow);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
