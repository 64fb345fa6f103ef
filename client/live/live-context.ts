import { createContext, use, useMemo, useSyncExternalStore } from "react";
import type { AgreementSummary } from "../../shared/protocol/routes.ts";
import type { Person, Role } from "../../shared/protocol/role.ts";
import type { z } from "zod";
import type { AgreementState } from "./agreement-state.ts";
import type { Announcer } from "./announcer.ts";
import type { LiveStore } from "./live-store.ts";
import type { LiveView } from "./live-view.ts";
import type { SocketClient } from "./socket-client.ts";

export type AgreementCard = z.infer<typeof AgreementSummary>;

/** What every screen behind the sign-in can rely on. */
export interface Live {
  readonly store: LiveStore;
  readonly socket: SocketClient;
  readonly announcer: Announcer;
  readonly person: Person;
  readonly workspace: string;
  readonly cards: readonly AgreementCard[];
  /** Reads the list of agreements again, after one was added. */
  readonly reload: () => void;
}

export const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = use(LiveContext);
  if (live === null) throw new Error("This screen needs a signed-in person around it.");
  return live;
}

export function useLiveView(): LiveView {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribe, store.getView);
}

/** One value of the view; repaints only when `select` answers with another one. */
export function useLiveValue<T>(select: (view: LiveView) => T): T {
  const { store } = useLive();
  return useSyncExternalStore(store.subscribe, () => select(store.getView()));
}

/** How the line to the server is. */
export function useConnection(): LiveView["connection"] {
  return useLiveValue(({ connection }) => connection);
}

/** One agreement, or `null` while nothing is known of it. Repaints only when that agreement changes. */
export function useAgreement(agreementId: string): AgreementState | null {
  return useLiveValue(({ agreements }) => agreements.get(agreementId) ?? null);
}

/** All agreements of the person that have arrived, in the order of the list. */
export function useAgreements(): readonly AgreementState[] {
  const { cards } = useLive();
  const agreements = useLiveValue((view) => view.agreements);
  return useMemo(() => cards.flatMap((card) => agreements.get(card.id) ?? []), [cards, agreements]);
}

export function useRole(agreementId: string): Role | null {
  return useLive().cards.find((card) => card.id === agreementId)?.role ?? null;
}
