import { randomUUID } from "node:crypto";
import { evaluateAll } from "../../shared/agreement/evaluate-all.ts";
import { verdictKey } from "../../shared/agreement/verdict.ts";
import type { RouteName } from "../../shared/protocol/routes.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { closePeriod, readPeriods } from "../../shared/store/period-close.ts";
import type { TestServer } from "../support/server.ts";
import { otherSide, sideOf } from "./agreement-objects.ts";
import type { Principal } from "./policy-table.ts";

const PERIOD_ROUTES: readonly RouteName[] = ["closePeriod", "refuseClosing"];

export function isPeriodRoute(name: RouteName): boolean {
  return PERIOD_ROUTES.includes(name);
}

/** An hour in the middle of the last month that is over. */
function lastMonth(): number {
  const today = Temporal.Now.plainDateISO("UTC");
  return Date.parse(`${today.subtract({ months: 1 }).with({ day: 15 }).toString()}T10:00:00Z`);
}

async function judgeLastMonth(server: TestServer, agreementId: string): Promise<void> {
  const stored = await readAgreement(server.redis, agreementId);
  if (stored === null) throw new Error(`${agreementId} is not in force`);
  const startMs = lastMonth();
  const counters = stored.layout("calls").counters.map(() => 8);
  const queues = [{ queue: "main", intervals: [{ revision: 1, startMs, counters, claims: [] }] }];
  const facts = new Map([["calls", { queues, span: { firstMs: startMs, lastMs: startMs } }]]);
  const verdicts = evaluateAll(stored.history, facts, { nowMs: Date.now(), exclusions: [], forecast: new Map() });
  const fields = verdicts.flatMap((verdict) => [verdictKey(verdict.targetId, verdict.window), JSON.stringify(verdict)]);
  await server.redis.hset(agreementKeys(agreementId).verdicts, ...fields);
}

/** A request about a month that is over, not signed yet by the principal's side; to refuse, the other side has signed it. */
export async function periodRequest(
  server: TestServer,
  { agreementId, name, principal }: { agreementId: string; name: RouteName; principal: Principal },
): Promise<{ readonly id: string; readonly body: unknown }> {
  const keys = agreementKeys(agreementId);
  await judgeLastMonth(server, agreementId);
  // No worker settles the stage's receipts, and a closing needs that none is under way.
  await server.redis.del(keys.closings, keys.open);
  const stored = await readAgreement(server.redis, agreementId);
  const [period] = stored === null ? [] : await readPeriods(server.redis, stored, Date.now());
  if (period === undefined) throw new Error(`no month of ${agreementId} is over`);
  const step = { sha256: period.figures.sha256, note: "" };
  if (name === "refuseClosing") {
    const by = otherSide(sideOf(principal));
    await closePeriod(server.redis, { ...step, agreementId, periodId: period.id, operationId: randomUUID(), by, nowMs: Date.now() });
  }
  return { id: period.id, body: { ...step, operationId: randomUUID() } };
}
