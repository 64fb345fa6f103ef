import { useCallback } from "react";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";
import { DriftList } from "../../../shared/drift/drift-line.ts";
import { DriftView } from "../../../shared/drift/drift-view.ts";

function addressOf(agreementId: string): string {
  return `/api/v1/agreements/${encodeURIComponent(agreementId)}/drift`;
}

/** All watched targets, read again when what watching one says has changed. */
export function useDriftList({ agreement: { id }, driftSeq }: AgreementState): ReturnType<typeof useRequest<DriftList>> {
  const read = useCallback(
    async () => await call({ path: addressOf(id), answer: DriftList }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it makes it new, although the call does not name it
    [id, driftSeq],
  );
  return useRequest(read);
}

/** What watching one target says, read again when that has changed. */
export function useDriftView({ agreement: { id }, driftSeq }: AgreementState, targetId: string): ReturnType<typeof useRequest<DriftView>> {
  const read = useCallback(
    async () => await call({ path: `${addressOf(id)}/${encodeURIComponent(targetId)}`, answer: DriftView }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it makes it new, although the call does not name it
    [id, targetId, driftSeq],
  );
  return useRequest(read);
}
