import { useSyncExternalStore } from "react";
import { useLive } from "./live-context.ts";

const MINUTE_MS = 60_000;

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}

/** The server's clock, to the minute: a component that shows it repaints once a minute and not with every tick. */
export function useNowMinute(): number {
  const { store } = useLive();
  return useSyncExternalStore(everySecond, () => Math.floor(store.serverNowMs() / MINUTE_MS) * MINUTE_MS);
}
