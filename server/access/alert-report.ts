import type { Redis } from "ioredis";
import { type AlertReport, alertReport } from "../../shared/alerts/report.ts";
import type { Party } from "../../shared/settlement/party.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { listAlerts } from "../../shared/store/alert-list.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { listPeople } from "../../shared/store/people.ts";
import type { ServerParts } from "../parts.ts";
import type { Caller } from "./caller.ts";
import { notFound } from "./decide.ts";
import { actingAs } from "./party.ts";
import { sightOf } from "./sight.ts";

const DAY_MS = 86_400_000;

/** The side of everybody who may act in an agreement, by the id that alerts carry. */
async function readParties(redis: Redis, agreementId: string): Promise<ReadonlyMap<string, Party>> {
  const people = await listPeople(redis);
  const mayAct = people.filter(
    ({ administrator, memberships }) => administrator || memberships.some((one) => one.agreementId === agreementId),
  );
  return new Map(
    mayAct.map((person) => {
      const { id, party } = actingAs(person, agreementId);
      return [id, party];
    }),
  );
}

export interface WantedReport {
  readonly agreementId: string;
  /** How far back it reaches. */
  readonly days: number;
}

/**
 * The report on an agreement's alerts, of those that the caller may see.
 *
 * @throws AppError `not-found`.
 */
export async function reportOnAlerts(
  { redis, clock }: ServerParts,
  caller: Caller,
  { agreementId, days }: WantedReport,
): Promise<AlertReport> {
  const nowMs = clock();
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) throw notFound();
  const [alerts, parties] = await Promise.all([
    listAlerts(redis, agreementId, sightOf(caller, agreementId) === "shared"),
    readParties(redis, agreementId),
  ]);
  const { holdMs } = dutyOf(stored).terms({ kind: "target", targetId: "", window: "day", start: "2000-01-01" });
  return alertReport(alerts, { fromMs: nowMs - days * DAY_MS, toMs: nowMs + 1, partyOf: (id) => parties.get(id) ?? null, holdMs });
}
