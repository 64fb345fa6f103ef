import { useCallback } from "react";
import { z } from "zod";
import { PeriodView } from "../../shared/protocol/period.ts";
import type { AgreementState } from "./agreement-state.ts";
import { call } from "./api.ts";
import { useRequest } from "./use-request.ts";

/** What about closed windows may change the figures of a period that is over. */
function stampOf({ verdicts }: AgreementState): string {
  return [...verdicts.values()]
    .filter(({ window }) => !window.open)
    .map(({ hash }) => hash)
    .join();
}

/** The periods that are over, read again when one is signed or something of it changes. */
export function usePeriods(state: AgreementState): ReturnType<typeof useRequest<PeriodView[]>> {
  const { agreement, periodsSeq, claims } = state;
  const stamp = stampOf(state);
  const read = useCallback(
    async () => await call({ path: `/api/v1/agreements/${encodeURIComponent(agreement.id)}/periods`, answer: z.array(PeriodView) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- these make it new, although the call names none of them
    [agreement.id, periodsSeq, claims, stamp],
  );
  return useRequest(read);
}
