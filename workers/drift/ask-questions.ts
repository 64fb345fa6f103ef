import type { Redis } from "ioredis";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import { type AlertSubject, subjectKey } from "../../shared/alerts/subject.ts";
import type { AskedQuestion, Question } from "../../shared/drift/question.ts";
import { readAgreement, type StoredAgreement } from "../../shared/store/agreements.ts";
import { withFamily } from "../../shared/store/alert-family.ts";
import { readAlerts, readStates } from "../../shared/store/alert-states.ts";
import { alertParts } from "../../shared/store/alert-writes.ts";
import { commit } from "../../shared/store/commit.ts";
import { dutyOf } from "../../shared/store/duty.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { questionWrites, readQuestions, sameSince } from "../../shared/store/questions.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import { moveAlerts } from "../evaluate/alert-moves.ts";
import type { WorkerParts } from "../parts.ts";
import { contactQuestions } from "./contact-questions.ts";
import { questionSpan } from "./question-span.ts";
import { surveyQuestions } from "./survey-questions.ts";
import { driftQuestions, scheduleQuestions, weekendQuestions } from "./target-questions.ts";

/** The day on which each connection has asked last, by agreement: a month's contacts are read once a day. */
const asked = new WeakMap<Redis, Map<string, string>>();

async function questionsOf(redis: Redis, stored: StoredAgreement, nowMs: number): Promise<AskedQuestion[]> {
  const span = questionSpan(stored.zone, nowMs);
  const found: Question[] = [
    ...(await contactQuestions(redis, stored, span)),
    ...(await surveyQuestions(redis, stored, span)),
    ...(await weekendQuestions(redis, stored, span, nowMs)),
    ...(await scheduleQuestions(redis, stored, span)),
    ...(await driftQuestions(redis, stored)),
  ];
  // One alert for a rule and what it is about: the clearest speaks.
  const clearest = new Map(found.toSorted((a, b) => b.chance - a.chance).map((one) => [`${one.rule}.${one.about}`, one]));
  return [...clearest.values()].map((one) => ({ ...one, month: span.month, askedAtMs: nowMs }));
}

function subjectOf({ rule, about }: Pick<Question, "rule" | "about">): AlertSubject {
  return { kind: "question", rule, about };
}

/** What is asked now, and an end for what is not asked any more. */
async function signalsOf(redis: Redis, agreementId: string, questions: readonly AskedQuestion[], nowMs: number): Promise<SignalEvent[]> {
  const standing = await redis.smembers(agreementKeys(agreementId).alertsActive);
  const told = await readAlerts(
    redis,
    agreementId,
    standing.filter((id) => id.startsWith("question.")),
  );
  const keys = new Set(questions.map((question) => subjectKey(subjectOf(question))));
  const over = told.filter(({ subject }) => subject.kind === "question" && !keys.has(subjectKey(subject)));
  return [
    ...questions.map((one): SignalEvent => {
      return { agreementId, subject: subjectOf(one), signal: "warning", headline: one.question, nowMs };
    }),
    ...over.map(({ subject, headline }): SignalEvent => {
      return { agreementId, subject, signal: "clear", headline: `Not asked any more. ${headline}`, nowMs };
    }),
  ];
}

/**
 * Asks once a day what the figures of the last complete month give reason to ask, and raises one alert for each question; it ends when
 * another month, or corrected figures, give none. Twice at once changes nothing: the alerts' numbers are the guard.
 */
export async function askQuestions({ redis, clock }: Pick<WorkerParts, "redis" | "clock">, agreementId: string): Promise<void> {
  const nowMs = clock();
  const stored = await readAgreement(redis, agreementId, nowMs);
  if (stored === null) return;
  const mine = asked.get(redis) ?? new Map<string, string>();
  asked.set(redis, mine);
  const today = stored.zone.localDay(nowMs);
  if (mine.get(agreementId) === today) return;
  const policy = dutyOf(stored);
  const before = await readQuestions(redis, agreementId);
  const questions = sameSince(await questionsOf(redis, stored, nowMs), before);
  const signals = await signalsOf(redis, agreementId, questions, nowMs);
  const states = await readStates(
    redis,
    agreementId,
    signals.map(({ subject }) => subjectKey(subject)),
  );
  const moves = moveAlerts({ agreementId, states, signals, woken: [], nowMs, policy });
  const told = alertParts({ agreementId, policy }, await withFamily({ redis, stored, nowMs }, moves));
  const writes = [...told.writes, ...questionWrites(agreementId, questions, before)];
  if (writes.length > 0) {
    const operationId = `questions-${sha256Hex(JSON.stringify([today, writes]))}`;
    const result = await commit(redis, { agreementId, operationId, nowMs, ...told, writes });
    // The next round sees what it is by then.
    if (result.kind === "conflict") return;
  }
  mine.set(agreementId, today);
}
