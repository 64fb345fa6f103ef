import { useEffect } from "react";
import type { AgreementCard } from "../live/live-context.ts";
import { readCards } from "./session.ts";

/** An agreement that was never in force has no stream that would tell of its beginning. */
const LOOK_MS = 10_000;

/** Calls `reload` once one of the agreements that wait for their first signatures is in force. */
export function useFirstForce(cards: readonly AgreementCard[], reload: () => void): void {
  useEffect(() => {
    const waiting = new Set(cards.filter(({ inForce }) => !inForce).map(({ id }) => id));
    if (waiting.size === 0) return undefined;
    let isCurrent = true;
    const look = async () => {
      const found = await readCards();
      if (isCurrent && found.some(({ id, inForce }) => inForce && waiting.has(id))) reload();
    };
    // What cannot be read now is read with the next look.
    const timer = setInterval(() => void look().catch(() => null), LOOK_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, [cards, reload]);
}
