import { useMemo, useSyncExternalStore } from "react";
import type { AgreementState } from "./agreement-state.ts";
import { type AgreementCard, useLive } from "./live-context.ts";
import type { LiveStore } from "./live-store.ts";

/** Some parts of what is known of an agreement. Whoever is drawn from these cannot read a part that would not draw it again. */
export type AgreementParts<K extends keyof AgreementState> = Pick<AgreementState, K>;

/** Reads the store and answers with the values of before as long as none of the parts has changed. */
export function createPartsReader<K extends keyof AgreementState>(
  store: Pick<LiveStore, "getView">,
  cards: readonly Pick<AgreementCard, "id">[],
  parts: readonly K[],
): () => readonly AgreementParts<K>[] {
  const known = new Map<string, AgreementParts<K>>();
  let last: readonly AgreementParts<K>[] = [];
  return () => {
    const { agreements } = store.getView();
    let isSame = true;
    for (const { id } of cards) {
      const [before, now] = [known.get(id), agreements.get(id)];
      if (now === undefined || parts.every((part) => before?.[part] === now[part])) continue;
      known.set(id, now);
      isSame = false;
    }
    if (!isSame) last = cards.flatMap(({ id }) => known.get(id) ?? []);
    return last;
  };
}

/**
 * The agreements of the person that have arrived, in the order of the list. The list and each of its agreements stay the same
 * objects until one of the named parts changes, so that an entry about something else draws nothing.
 *
 * @param parts a constant of its module: another array is read anew.
 */
export function useAgreementParts<K extends keyof AgreementState>(parts: readonly K[]): readonly AgreementParts<K>[] {
  const { store, cards } = useLive();
  const read = useMemo(() => createPartsReader(store, cards, parts), [store, cards, parts]);
  return useSyncExternalStore(store.subscribe, read);
}
