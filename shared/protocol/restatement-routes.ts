import { z } from "zod";
import { Closing } from "../settlement/closing.ts";
import { PeriodStepBody, PeriodView } from "./period.ts";
import { Restatement } from "./restatement.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;
/** Those who may bind their company. */
const SIGNERS = ["client-manager", "provider"] as const;

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
  periods: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/periods",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(PeriodView),
    summary: "The periods that are over, who signed them, and what came after",
  },
  closePeriod: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/periods/:periodId/close",
    policy: { access: "member", roles: SIGNERS },
    body: PeriodStepBody,
    response: Closing,
    summary: "Sign or countersign the figures of a period that is over",
  },
  refuseClosing: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/periods/:periodId/refuse",
    policy: { access: "member", roles: SIGNERS },
    body: PeriodStepBody,
    response: Closing,
    summary: "Refuse figures that the other side has signed",
  },
} as const;
