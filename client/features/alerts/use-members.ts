import { useCallback } from "react";
import { z } from "zod";
import { MemberView } from "../../../shared/protocol/alert-routes.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";

const NOBODY: readonly MemberView[] = [];

/** The people of an agreement; nobody while they are read, or if they cannot be. */
export function useMembers(agreementId: string): readonly MemberView[] {
  const read = useCallback(
    () => call({ path: `/api/v1/agreements/${encodeURIComponent(agreementId)}/members`, answer: z.array(MemberView) }),
    [agreementId],
  );
  const { request } = useRequest(read);
  return request.state === "ready" ? request.data : NOBODY;
}
