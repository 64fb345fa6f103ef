import type { AskedQuestion } from "../../shared/drift/question.ts";
import type { FeedHealth } from "../../shared/protocol/live.ts";
import { ROUTES } from "../../shared/protocol/routes.ts";
import { agreementPath } from "./agreement-path.ts";
import { buildAlert, FIXTURE_NOW_MS } from "./client-fixture.ts";

const HOUR_MS = 3_600_000;

/** Evaluations, from which calibrations are drawn. */
export const VOICE_QA_FEED: FeedHealth = {
  feedId: "acme-voice.qa",
  feed: "qa",
  name: "Quality evaluations",
  kind: "qa",
  state: "fresh",
  lastReceiptAtMs: FIXTURE_NOW_MS - 5 * HOUR_MS,
  dueAtMs: FIXTURE_NOW_MS + 19 * HOUR_MS,
  everyMs: 24 * HOUR_MS,
  openReceipts: 0,
  beats: "oooooooooooooooooooooooooooooooo",
};

const ASKED: AskedQuestion = {
  rule: "fewer-invitations",
  about: "csat",
  question: "Did Satisfaction rise because fewer customers are asked?",
  evidence: [
    "Satisfaction rose by about 0.31 to 4.31 since about 7 Sep (5 Sep to 10 Sep).",
    "Response rate fell by about 6.2\u00a0pp to 11.8\u00a0% since about 6 Sep (4 Sep to 9 Sep).",
    "Both are of the same queues. Chance moves a figure so far in less than 1 in 3,400 months.",
  ],
  innocent: [
    "The survey moved to another channel or moment, in which fewer and other people answer.",
    "Customers who are asked often answer less, and the service did get better.",
  ],
  chance: 0.000_29,
  month: "2026-09",
  askedAtMs: FIXTURE_NOW_MS - 6 * HOUR_MS,
};

/** Somebody has the question. */
export const VOICE_QUESTION_ALERT = buildAlert({
  id: "question.fewer-invitations.csat.1",
  headline: ASKED.question,
  severity: "warning",
  status: "acknowledged",
  seq: 2,
  subject: { kind: "question", rule: ASKED.rule, about: ASKED.about },
  raisedAtMs: ASKED.askedAtMs,
  acknowledgement: {
    by: "Daniel Ortega",
    atMs: FIXTURE_NOW_MS - 5 * HOUR_MS,
    note: "Asked Marisol when invitations last changed.",
    dueMs: FIXTURE_NOW_MS + 28 * HOUR_MS,
  },
});

/** What the server would say of questions. */
export function questionAnswer(pathname: string): unknown {
  const { agreementId, what } = agreementPath(pathname) ?? {};
  if (what !== "questions") return undefined;
  return ROUTES.questions.response.parse({ questions: agreementId === "acme-voice" ? [ASKED] : [] });
}
