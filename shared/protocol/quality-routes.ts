import { z } from "zod";
import { CoachingNote, CoachingView } from "../drift/coaching.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** What people do about quality, and what has come of it. Both sides see the same. */
export const QUALITY_ROUTES = {
  coaching: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/coaching",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(CoachingView),
    summary: "Coaching actions and their measured effect, the latest first",
  },
  addCoaching: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/coaching",
    policy: { access: "member", roles: ALL },
    body: z.strictObject({ ...CoachingNote.shape, operationId: z.uuid() }),
    response: CoachingView,
    summary: "Note a coaching action for a target and a cohort",
  },
} as const;
