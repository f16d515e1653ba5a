import { useEffect, useState } from "react";

/**
 * The time, told again every `everyMs`: for ages and rates that change though no item does.
 *
 * @param everyMs undefined: not at all, the time stands still
 */
export function useNow(everyMs: number | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
