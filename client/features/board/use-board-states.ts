import { useMemo, useSyncExternalStore } from "react";
import type { AgreementState } from "../../live/agreement-state.ts";
import { useLive } from "../../live/live-context.ts";

/** What the board draws from. Receipts come and go with every file and change nothing on it. */
const DRAWN = ["agreement", "verdicts", "series", "alerts", "feeds"] as const satisfies readonly (keyof AgreementState)[];

function looksSame(a: readonly AgreementState[], b: readonly AgreementState[]): boolean {
  return a.length === b.length && a.every((state, i) => DRAWN.every((part) => state[part] === b[i]?.[part]));
}

/** The agreements of the person in the order of the list, as one value that changes only when the board must. */
export function useBoardStates(): readonly AgreementState[] {
  const { store, cards } = useLive();
  const read = useMemo(() => {
    let last: readonly AgreementState[] = [];
    return () => {
      const { agreements } = store.getView();
      const next = cards.flatMap((card) => agreements.get(card.id) ?? []);
      if (!looksSame(last, next)) last = next;
      return last;
    };
  }, [store, cards]);
  return useSyncExternalStore(store.subscribe, read);
}
