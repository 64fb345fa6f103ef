import { useMemo, useSyncExternalStore } from "react";
import type { AgreementState } from "../../live/agreement-state.ts";
import { type AgreementCard, useLive } from "../../live/live-context.ts";
import type { LiveStore } from "../../live/live-store.ts";

/** What the board draws from. Receipts come and go with every file and change nothing on it. */
const DRAWN = [
  "agreement",
  "verdicts",
  "series",
  "alerts",
  "feeds",
  "outlooks",
  "claims",
] as const satisfies readonly (keyof AgreementState)[];

function looksSame(a: readonly AgreementState[], b: readonly AgreementState[]): boolean {
  return a.length === b.length && a.every((state, i) => DRAWN.every((part) => state[part] === b[i]?.[part]));
}

/** Reads the store and answers with the value of before as long as the board looks the same. */
function createReader(store: LiveStore, cards: readonly AgreementCard[]): () => readonly AgreementState[] {
  let last: readonly AgreementState[] = [];
  return () => {
    const { agreements } = store.getView();
    const next = cards.flatMap((card) => agreements.get(card.id) ?? []);
    if (!looksSame(last, next)) last = next;
    return last;
  };
}

/** The agreements of the person in the order of the list, as one value that changes only when the board must. */
export function useBoardStates(): readonly AgreementState[] {
  const { store, cards } = useLive();
  const read = useMemo(() => createReader(store, cards), [store, cards]);
  return useSyncExternalStore(store.subscribe, read);
}
