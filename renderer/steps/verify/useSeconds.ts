import { useEffect, useState } from "react";

/** Now, in milliseconds, told anew each second while `counting`. */
export function useSeconds(counting = true): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!counting) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [counting]);
  return now;
}
