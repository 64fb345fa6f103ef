import { readAgreement } from "../../shared/store/agreements.ts";
import { actForCaller } from "../access/act-on-alert.ts";
import { notFound } from "../access/decide.ts";
import { reportOnAlerts } from "../access/alert-report.ts";
import { listMembers } from "../access/members.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** What people do to alerts, and who there is to give them to. */
export function alertRoutes(parts: ServerParts): Pick<Handlers, "actOnAlert" | "alertReport" | "members"> {
  return {
    actOnAlert: ({ params: { agreementId, alertId }, body, caller }) => actForCaller(parts, caller, { agreementId, alertId, ...body }),
    alertReport: ({ params: { agreementId }, query, caller }) => reportOnAlerts(parts, caller, { agreementId, days: Number(query.days) }),
    async members({ params: { agreementId } }) {
      if ((await readAgreement(parts.redis, agreementId)) === null) throw notFound();
      return await listMembers(parts.redis, agreementId);
    },
  };
}
