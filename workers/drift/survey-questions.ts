import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import type { Day } from "../../shared/calendar/day.ts";
import { askAboutInvitations, type InvitationDay } from "../../shared/drift/gaming-invitations.ts";
import type { Question } from "../../shared/drift/question.ts";
import { CONTACT_FACTS } from "../../shared/facts/contact-fact.ts";
import { SURVEY_FACTS } from "../../shared/facts/survey-fact.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import type { QuestionSpan } from "./question-span.ts";

/** From 4 of 5 on a customer is satisfied, as the top-2-box counts. */
const SATISFIED_FROM = 4;
/** Contacts until whatever else the process has to do gets its turn. */
const AT_ONCE = 1000;

type Counts = Record<"contacts" | "invited" | "answers" | "satisfied", number>;
type Days = Map<Day, Counts>;

function dayOf(days: Days, day: Day): Counts {
  const known = days.get(day) ?? { contacts: 0, invited: 0, answers: 0, satisfied: 0 };
  days.set(day, known);
  return known;
}

async function countContacts(redis: Redis, { agreement, zone, feeds }: StoredAgreement, span: QuestionSpan, days: Days): Promise<void> {
  for (const feed of feeds.filter(({ kind }) => kind === "contact")) {
    for await (const some of readRecordFacts(redis, agreement.id, feed.id)) {
      for (const [at, bytes] of some.entries()) {
        if (at % AT_ONCE === 0) await setImmediate();
        const { startMs, outcome } = CONTACT_FACTS.unpack(bytes);
        if (outcome === "answered" && startMs >= span.usualFromMs && startMs < span.toMs) dayOf(days, zone.localDay(startMs)).contacts++;
      }
    }
  }
}

/** What three months of surveys ask. Only where each contact is known: a share of those invited needs all of them. */
export async function surveyQuestions(redis: Redis, stored: StoredAgreement, span: QuestionSpan): Promise<Question[]> {
  const { agreement, zone, feeds } = stored;
  const surveys = feeds.filter(({ kind }) => kind === "survey");
  if (surveys.length === 0 || !feeds.some(({ kind }) => kind === "contact")) return [];
  const contacts: Days = new Map();
  await countContacts(redis, stored, span, contacts);
  const questions: Question[] = [];
  for (const feed of surveys) {
    const days: Days = new Map([...contacts].map(([day, counts]) => [day, { ...counts }]));
    for await (const some of readRecordFacts(redis, agreement.id, feed.id)) {
      for (const { startMs, invited, csat } of some.map(SURVEY_FACTS.unpack)) {
        if (startMs < span.usualFromMs || startMs >= span.toMs) continue;
        const counts = dayOf(days, zone.localDay(startMs));
        if (invited) counts.invited++;
        if (csat !== null) counts.answers++;
        if (csat !== null && csat >= SATISFIED_FROM) counts.satisfied++;
      }
    }
    const told = [...days].map(([day, counts]): InvitationDay => ({ ...counts, current: span.isCurrent(day) }));
    const question = askAboutInvitations({ about: feed.id, days: told, looks: surveys.length });
    if (question !== null) questions.push(question);
  }
  return questions;
}
