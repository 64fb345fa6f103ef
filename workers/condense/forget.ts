import { Receipt } from "../../shared/protocol/receipt.ts";
import { Restatement } from "../../shared/protocol/restatement.ts";
import { createPseudonyms, pseudonymSecret, readAgentNames } from "../../shared/store/agent-names.ts";
import { commit, type Write } from "../../shared/store/commit.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { WorkerParts } from "../parts.ts";
import { type CondensedMonth, condenseMonths, receiptsWithRaw } from "./condense.ts";

export interface Forgotten {
  readonly pseudonym: string;
  /** Nobody of that name was known; then nothing was changed. */
  readonly unknown: boolean;
  readonly months: readonly CondensedMonth[];
}

/** What packs its text: whether it holds a name cannot be seen from outside. */
const PACKED = [Buffer.from("PK"), Buffer.from([0x1f, 0x8b])];
const AGAIN_SECONDS = 86_400;

interface Person {
  readonly pseudonym: string;
  readonly name: string;
  readonly isKnown: boolean;
}

async function whoIs(parts: WorkerParts, agreementId: string, agent: string): Promise<Person> {
  const known = await readAgentNames(parts.redis, parts.keyRing, { agreementId, pseudonyms: [agent] });
  const name = known.get(agent);
  if (name !== undefined) return { pseudonym: agent, name, isKnown: true };
  const pseudonym = createPseudonyms(pseudonymSecret(parts.keyRing, agreementId)).of(agent);
  return { pseudonym, name: agent, isKnown: (await parts.redis.hexists(agreementKeys(agreementId).agentNames, pseudonym)) === 1 };
}

async function mayName(pieces: AsyncIterable<Uint8Array>, name: string): Promise<boolean> {
  const needles = [Buffer.from(name), Buffer.from(name, "latin1"), Buffer.from(name, "utf16le"), Buffer.from(name, "utf16le").swap16()];
  const longest = Math.max(...needles.map(({ length }) => length));
  let tail: Buffer | null = null;
  for await (const piece of pieces) {
    const bytes = Buffer.from(piece);
    if (tail === null && PACKED.some((mark) => bytes.subarray(0, 2).equals(mark))) return true;
    const window: Buffer = tail === null ? bytes : Buffer.concat([tail, bytes]);
    if (needles.some((needle) => window.includes(needle))) return true;
    tail = window.subarray(-longest);
  }
  return false;
}

async function monthsNaming(parts: WorkerParts, agreementId: string, name: string): Promise<Set<string>> {
  const months = new Set<string>();
  for (const { month, receipt } of await receiptsWithRaw(parts, agreementId))
    if (!months.has(month) && (await mayName(parts.rawFiles.open(receipt), name))) months.add(month);
  return months;
}

/** Records that quote files say the pseudonym instead: in quoted text only, because somebody may be called as a field is. */
async function redactions(parts: WorkerParts, agreementId: string, name: string, pseudonym: string): Promise<Write[]> {
  const keys = agreementKeys(agreementId);
  const without = (text: string): string => text.replaceAll(name, pseudonym);
  const quoting = <Problem extends { message: string; remedy: string }>(problem: Problem): Problem => ({
    ...problem,
    message: without(problem.message),
    remedy: without(problem.remedy),
  });
  const receiptText = (text: string): string => {
    const receipt = Receipt.parse(JSON.parse(text));
    const problems = receipt.problems.map((problem) => ({ ...quoting(problem), value: without(problem.value) }));
    const fileProblems = receipt.fileProblems.map(quoting);
    return JSON.stringify({ ...receipt, filename: without(receipt.filename), problems, fileProblems });
  };
  const cardText = (text: string): string => {
    const card = Restatement.parse(JSON.parse(text));
    return JSON.stringify({ ...card, filename: without(card.filename), by: without(card.by) });
  };
  const rewrite = async (key: string, rewritten: (text: string) => string): Promise<Write[]> => {
    const quoted = JSON.stringify(name).slice(1, -1);
    const found = Object.entries(await parts.redis.hgetall(key)).filter(([, text]) => text.includes(quoted));
    return found.map(([field, text]) => ["HSET", key, field, rewritten(text)]);
  };
  return [...(await rewrite(keys.receipts, receiptText)), ...(await rewrite(keys.restatements, cardText))];
}

/** Until Redis has written its files anew, what was deleted still stands in them. */
async function rewriteFiles({ redis }: WorkerParts): Promise<void> {
  await redis.bgrewriteaof();
  while (/aof_rewrite_(?:in_progress|scheduled):1/u.test(await redis.info("persistence")))
    await new Promise((resolve) => setTimeout(resolve, 50));
}

/**
 * Forgets who is behind a pseudonym: the months whose files name the person are condensed, the name is deleted where it
 * stood, and the ledger says that it was. No figure changes, because facts know the pseudonym only.
 *
 * @param agent the name as it stood in the file's cell, or the pseudonym.
 * @returns `null` when another worker holds the agreement: try again later.
 */
export async function forgetAgent(parts: WorkerParts, agreementId: string, agent: string): Promise<Forgotten | null> {
  const { pseudonym, name, isKnown } = await whoIs(parts, agreementId, agent);
  const naming = await monthsNaming(parts, agreementId, name);
  if (!isKnown && naming.size === 0) return { pseudonym, unknown: true, months: [] };
  const months = await condenseMonths(parts, agreementId, (month) => naming.has(month));
  if (months === null) return null;
  const keys = agreementKeys(agreementId);
  const nowMs = parts.clock();
  await commit(parts.redis, {
    agreementId,
    operationId: `forget-${pseudonym}`,
    rememberSeconds: AGAIN_SECONDS,
    nowMs,
    writes: [
      ["HDEL", keys.agentNames, pseudonym],
      ...(await redactions(parts, agreementId, name, pseudonym)),
      // Events quote cells of files; whoever follows the stream takes a snapshot instead.
      ["XTRIM", keys.stream, "MAXLEN", 0],
    ],
    ledger: [{ v: 1, kind: "erased", agreement: agreementId, atMs: nowMs, actor: "accord", what: "name", subject: pseudonym }],
  });
  await rewriteFiles(parts);
  return { pseudonym, unknown: false, months };
}
