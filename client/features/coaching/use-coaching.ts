import { useCallback } from "react";
import { z } from "zod";
import { CoachingView } from "../../../shared/drift/coaching.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";

/** Where coaching actions of an agreement are read and noted. */
export function coachingPath(agreementId: string): string {
  return `/api/v1/agreements/${encodeURIComponent(agreementId)}/coaching`;
}

/** All coaching actions of an agreement, read again when one was noted or has come to something. */
export function useCoaching({ agreement: { id }, qualitySeq }: AgreementState): ReturnType<typeof useRequest<CoachingView[]>> {
  const read = useCallback(
    async () => await call({ path: coachingPath(id), answer: z.array(CoachingView) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it makes it new, although the call does not name it
    [id, qualitySeq],
  );
  return useRequest(read);
}
