import type { Redis } from "ioredis";
import { AskedQuestion } from "../drift/question.ts";
import type { Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";

function fieldOf({ rule, about }: Pick<AskedQuestion, "rule" | "about">): string {
  return `${rule}.${about}`;
}

/** The questions that stand, the least likely to come by chance first. */
export async function readQuestions(redis: Redis, agreementId: string): Promise<AskedQuestion[]> {
  const texts = await redis.hvals(agreementKeys(agreementId).questions);
  const questions = texts.map((text) => AskedQuestion.parse(JSON.parse(text)));
  return questions.toSorted((a, b) => a.chance - b.chance || (fieldOf(a) < fieldOf(b) ? -1 : 1));
}

/** Questions as they stand now; one whose grounds are the same as before was asked then. */
export function sameSince(now: readonly AskedQuestion[], before: readonly AskedQuestion[]): AskedQuestion[] {
  const known = new Map(before.map((question) => [JSON.stringify({ ...question, askedAtMs: 0 }), question]));
  return now.map((question) => known.get(JSON.stringify({ ...question, askedAtMs: 0 })) ?? question);
}

/** Stores the questions that stand in the place of those that stood before; nothing where they are the same. */
export function questionWrites(agreementId: string, now: readonly AskedQuestion[], before: readonly AskedQuestion[]): Write[] {
  const { questions } = agreementKeys(agreementId);
  const kept = new Set(now.map(fieldOf));
  const same = new Set(before);
  const gone = before.map(fieldOf).filter((field) => !kept.has(field));
  return [
    ...now
      .filter((question) => !same.has(question))
      .map((question): Write => ["HSET", questions, fieldOf(question), JSON.stringify(question)]),
    ...gone.map((field): Write => ["HDEL", questions, field]),
  ];
}
