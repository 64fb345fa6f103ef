import { randomUUID } from "node:crypto";
import { z } from "zod";
import { CoachingView } from "../../shared/drift/coaching.ts";
import { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { Session } from "../../shared/protocol/routes.ts";
import { VersionView } from "../../shared/protocol/version.ts";
import { AccordClient, AccordRefusal } from "./accord-client.ts";
import type { DemoAgreement } from "./demo-files.ts";
import type { DemoLogins } from "./demo-logins.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const COACHED_DAYS_AGO = 14;

/**
 * What the people of a provider have done: where exclusions are agreed, they want an hour left out and a milder level, and both wait for an
 * answer; where quality is, they have coached their new agents.
 */
export async function tellDemoStory(
  baseUrl: string,
  { logins, agreement, nowMs }: { logins: DemoLogins; agreement: DemoAgreement; nowMs: number },
): Promise<void> {
  const provider = logins.people.find(({ role, agreements }) => role === "provider" && agreements.includes(agreement.id));
  if (provider === undefined) return;
  const client = new AccordClient(baseUrl);
  const { email, password } = provider;
  await client.call({ method: "POST", path: "/api/v1/session", body: { email, password }, response: Session });
  const versions = await versionsIn(client, agreement.id);
  // Data of an earlier release may hold another text, which knows neither claims nor credits.
  if (versions.at(-1)?.text !== agreement.text) return;
  if (agreement.text.includes("\nexclusions:")) {
    await claimOutage(client, agreement.id, nowMs);
    if (versions.length === 1) await proposeVersion(client, agreement, firstOfNextMonth(nowMs));
  }
  if (agreement.text.includes("metric: qa-score")) await noteCoaching(client, agreement.id, nowMs);
}

/** None where a worker has still to adopt the agreement from an earlier release. */
async function versionsIn(client: AccordClient, agreementId: string): Promise<VersionView[]> {
  try {
    return await client.call({ method: "GET", path: versionsOf(agreementId), response: z.array(VersionView) });
  } catch (error) {
    if (error instanceof AccordRefusal && error.status === 404) return [];
    throw error;
  }
}

function versionsOf(agreementId: string): string {
  return `/api/v1/agreements/${agreementId}/versions`;
}

function todayAt(nowMs: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO(timeZone).toPlainDate();
}

function firstOfNextMonth(nowMs: number): string {
  const today = todayAt(nowMs, "UTC");
  return today.with({ day: 1 }).add({ months: 1 }).toString();
}

async function claimOutage(client: AccordClient, agreementId: string, nowMs: number): Promise<void> {
  const path = `/api/v1/agreements/${agreementId}/claims`;
  if ((await client.call({ method: "GET", path, response: z.array(ExclusionClaim) })).length > 0) return;
  const toMs = Math.floor((nowMs - DAY_MS) / HOUR_MS) * HOUR_MS;
  const body = {
    kind: "client-outage",
    targets: ["service-level", "abandonment"],
    fromMs: toMs - HOUR_MS,
    toMs,
    evidence: "The client's policy system did not answer for an hour; its incident INC-2041 says so.",
    mitigation: "Callers were told of the outage and offered a call back.",
    operationId: randomUUID(),
  };
  await client.call({ method: "POST", path, body, response: ExclusionClaim });
}

/** The simulator has them coached from that day on, and nobody hired in the two months before the first new agents. */
async function noteCoaching(client: AccordClient, agreementId: string, nowMs: number): Promise<void> {
  const path = `/api/v1/agreements/${agreementId}/coaching`;
  if ((await client.call({ method: "GET", path, response: z.array(CoachingView) })).length > 0) return;
  const today = todayAt(nowMs, "Europe/Lisbon");
  const body = {
    targetId: "quality",
    kind: "side-by-side",
    cohort: { joinedAfter: today.with({ day: 1 }).subtract({ months: 2 }).toString() },
    startDay: today.subtract({ days: COACHED_DAYS_AGO }).toString(),
    days: COACHED_DAYS_AGO,
    words: "A coach sat beside every new agent for two shifts: questions to ask, solution, next steps.",
    operationId: randomUUID(),
  };
  await client.call({ method: "POST", path, body, response: CoachingView });
}

async function proposeVersion(client: AccordClient, { id, text }: DemoAgreement, effectiveFrom: string): Promise<void> {
  const draft = text
    .replace("\nversion: 1\n", '\nversion: 2\nreason: "Two new lines of insurance bring longer questions."\n')
    .replace(/\neffectiveFrom: .*\n/u, `\neffectiveFrom: "${effectiveFrom}"\n`)
    .replace("80 % are answered within 20 seconds. A caller", "75 % are answered within 20 seconds. A caller")
    .replace("expected: 80 %", "expected: 75 %");
  await client.call({ method: "POST", path: versionsOf(id), body: { text: draft, operationId: randomUUID() }, response: VersionView });
}
