import { z } from "zod";
import { Alert } from "../alerts/alert.ts";
import { AlertReport } from "../alerts/report.ts";
import { Party } from "../settlement/party.ts";
import { ActOnAlert } from "./alert-acts.ts";
import { MemberRole } from "./role.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;

/** Somebody of an agreement, as both companies know each other there: no address, no other agreement. */
export const MemberView = z.strictObject({
  /** The id by which alerts name an owner. */
  id: z.string(),
  name: z.string(),
  role: MemberRole,
  party: Party,
});
export type MemberView = z.infer<typeof MemberView>;

/** The spans of a report on alerts, in days up to now. */
export const REPORT_DAYS = ["7", "30", "90", "365"] as const;

/** Routes about alerts and those who answer for them. */
export const ALERT_ROUTES = {
  actOnAlert: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/alerts/:alertId/acts",
    policy: { access: "member", roles: ALL },
    body: ActOnAlert.omit({ agreementId: true, alertId: true }),
    response: Alert,
    summary: "Acknowledge, assign, comment, snooze, close, give back or rate an alert",
  },
  alertReport: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/alert-report",
    policy: { access: "member", roles: ALL },
    body: null,
    query: z.strictObject({ days: z.enum(REPORT_DAYS).default("30") }),
    response: AlertReport,
    summary: "How fast each company answered its alerts, and which rules were noise",
  },
  members: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/members",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(MemberView),
    summary: "People of an agreement on both sides, by name",
  },
} as const;
