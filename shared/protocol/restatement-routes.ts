import { z } from "zod";
import { Restatement } from "./restatement.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** Corrections of what was known, and the closing of periods. */
export const RESTATEMENT_ROUTES = {
  restatements: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/restatements",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(Restatement),
    summary: "Every correction of what was known, newest first",
  },
} as const;
