import { driftClausesOf } from "../../shared/agreement/alert-clauses.ts";
import { digestDay } from "../../shared/alerts/quiet-hours.ts";
import { type DigestPart, digestOf } from "../../shared/alerts/digest.ts";
import { driftList, standsOutText } from "../../shared/drift/drift-line.ts";
import type { Person } from "../../shared/protocol/role.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { readDriftLines } from "../../shared/store/drift.ts";
import { readRecentAlerts } from "../../shared/store/recent-alerts.ts";
import { listPeople } from "../../shared/store/people.ts";
import { claimDigest, readTellings } from "../../shared/store/telling.ts";
import type { NotifyParts } from "../parts.ts";
import { messageId } from "./send-message.ts";
import { sendMail } from "./send-mail.ts";

const DAY_MS = 86_400_000;

/** Watched targets without an alarm that are unlike themselves this month, in words. */
async function readStandingOut(redis: NotifyParts["redis"], { agreement, targets }: StoredAgreement): Promise<string[]> {
  const stored = await readDriftLines(redis, agreement.id);
  const names = new Map(targets.map(({ target }) => [target.id, target.name]));
  const { lines } = driftList(
    [...names.keys()].flatMap((id) => stored.get(id)?.line ?? []),
    driftClausesOf(agreement.alerts).toleratePerMonth,
  );
  return lines.flatMap((line) => (line.standsOut ? [`${names.get(line.targetId) ?? line.targetId}: ${standsOutText(line)}`] : []));
}

async function partsFor(parts: NotifyParts, { memberships }: Person, nowMs: number): Promise<DigestPart[]> {
  const read = memberships.map(async ({ agreementId, role }): Promise<DigestPart[]> => {
    const stored = await readAgreement(parts.redis, agreementId, nowMs);
    if (stored === null) return [];
    const alerts = await readRecentAlerts(parts.redis, agreementId, nowMs - DAY_MS);
    const seen = alerts.filter(({ audience }) => audience === undefined || role === "provider");
    const agreement = { id: agreementId, name: stored.agreement.name };
    const standsOut = await readStandingOut(parts.redis, stored);
    return [{ agreement, alerts: seen, standsOut, link: `${parts.publicUrl}/alerts` }];
  });
  return (await Promise.all(read)).flat();
}

/**
 * Sends the day's summary to whoever asked for one and whose time has come. At most once a day: the day is taken before the
 * mail goes out, so that one which fails, or whose worker dies, is not sent; the next day's says more.
 */
export async function digestRound(parts: NotifyParts): Promise<void> {
  const { redis, mail, clock, logger } = parts;
  if (mail === null) return;
  const nowMs = clock();
  const tellings = await readTellings(redis);
  const due = [...tellings].flatMap(([id, { digest }]) => {
    const day = digest === null ? null : digestDay(digest, nowMs);
    return day === null ? [] : [{ id, day }];
  });
  if (due.length === 0) return;
  const people = new Map((await listPeople(redis)).map((person) => [person.id, person]));
  for (const { id, day } of due) {
    const person = people.get(id);
    if (person === undefined || person.memberships.length === 0 || !(await claimDigest(redis, id, day))) continue;
    const name = messageId(`digest:${id}:${day}`);
    const text = digestOf(await partsFor(parts, person, nowMs), nowMs);
    const list = { id: "digest", name: "Accord" };
    const outcome = await sendMail(mail, { ...text, to: person.email, id: name, inReplyTo: name, list });
    logger.info({ event: "digest", result: outcome.kind, personId: id });
  }
}
