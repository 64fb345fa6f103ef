import { startTransition, useEffect, useRef, useState } from "react";

/** The value, but changing at most once per `everyMs`; the newest is never lost, only late. */
export function useThrottled<T>(value: T, everyMs: number): T {
  const [shown, setShown] = useState(value);
  const shownAtMs = useRef(0);
  useEffect(() => {
    if (Object.is(value, shown)) return undefined;
    const restMs = shownAtMs.current + everyMs - performance.now();
    const timer = setTimeout(
      () => {
        shownAtMs.current = performance.now();
        startTransition(() => setShown(value));
      },
      Math.max(0, restMs),
    );
    return () => clearTimeout(timer);
  }, [value, shown, everyMs]);
  return shown;
}
