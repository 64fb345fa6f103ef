import { useCallback } from "react";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { Settlement } from "../../shared/settlement/settlement.ts";
import type { AgreementState } from "./agreement-state.ts";
import { call } from "./api.ts";
import { useLive } from "./live-context.ts";
import { useNowMinute } from "./use-now.ts";
import { useRequest } from "./use-request.ts";

/** How often the money is computed again while somebody looks, besides what brings it at once. */
const AGAIN_MS = 300_000;

interface ReadSettlement {
  readonly settlement: Settlement;
  /** When it was read, by the server's clock. */
  readonly atMs: number;
}

function priced({ window, status, default: missed, value, recomputed, ifAllAccepted }: Verdict): string {
  // The figure of an open window moves with every file; what it costs seldom does.
  const figure = window.open || value === null ? "" : `${value.num}/${value.den}`;
  return `${window.kind} ${window.start} ${status} ${missed ?? ""} ${figure} ${recomputed?.n ?? ""} ${ifAllAccepted?.n ?? ""}`;
}

/** What about the verdicts may change the money: they follow a claim or a decision a moment later. */
function stampOf({ verdicts }: AgreementState): string {
  return [...verdicts.values()]
    .filter(({ window }) => window.kind !== "day")
    .map(priced)
    .join();
}

/** The money of an agreement, read again when a claim, a version or a verdict changes it. */
export function useSettlement(state: AgreementState): ReturnType<typeof useRequest<ReadSettlement>> {
  const { store } = useLive();
  const { claims, versionsSeq, agreement } = state;
  const stamp = stampOf(state);
  const turn = Math.floor(useNowMinute() / AGAIN_MS);
  const read = useCallback(
    async () => {
      const path = `/api/v1/agreements/${encodeURIComponent(agreement.id)}/settlement`;
      return { settlement: await call({ path, answer: Settlement }), atMs: store.serverNowMs() };
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- these make it new, although the call names none of them
    [store, agreement.id, claims, versionsSeq, stamp, turn],
  );
  return useRequest(read);
}
