import { z } from "zod";
import { DriftList } from "../drift/drift-line.ts";
import { DriftView } from "../drift/drift-view.ts";
import { AskedQuestion } from "../drift/question.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** Whether the figures move before the agreement is missed. Both sides see the same. */
export const DRIFT_ROUTES = {
  driftList: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/drift",
    policy: { access: "member", roles: ALL },
    body: null,
    response: DriftList,
    summary: "Every watched target with its drift, the worst first, and false alarms promised against alarms seen",
  },
  questions: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/questions",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.strictObject({ questions: z.array(AskedQuestion) }),
    summary: "What the figures of the last month ask, each with its evidence and its innocent explanations",
  },
  driftView: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/drift/:targetId",
    policy: { access: "member", roles: ALL },
    body: null,
    response: DriftView,
    summary: "What watching one target says: days, baseline, onset, size, cause, and where it leads",
  },
} as const;
