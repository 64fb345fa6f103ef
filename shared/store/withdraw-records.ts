import type { Redis } from "ioredis";
import type { Range } from "../calendar/range.ts";
import { createZone } from "../calendar/zone.ts";
import type { FactCodec, KeyedFact } from "../facts/fact-codec.ts";
import type { Period } from "../facts/period-cover.ts";
import { type Counting, emptyPlan, move, type RecordStep, writePlan } from "./apply-records.ts";
import { agreementKeys } from "./keys.ts";
import { type NamedFact, readNamedFacts } from "./record-facts.ts";
import { withdrawnStep } from "./withdrawn-count.ts";
import { withdrawnValue } from "./withdrawn-records.ts";

export type RecordWithdrawal<Fact extends KeyedFact> = Counting<Fact> &
  RecordStep["chunk"] & {
    readonly codec: Pick<FactCodec<never, Fact>, "unpack">;
    readonly timeZone: string;
    readonly period: Period;
  };

const FACTS_PER_STEP = 250;

interface Doomed<Fact> {
  readonly name: Uint8Array;
  readonly bytes: Uint8Array;
  readonly fact: Fact;
}

function doomedAmong<Fact extends KeyedFact>(
  withdrawal: RecordWithdrawal<Fact>,
  { fromMs, toMs }: Range,
  some: readonly NamedFact[],
): Doomed<Fact>[] {
  const { codec, receipt } = withdrawal;
  return some.flatMap(({ name, bytes }) => {
    const fact = codec.unpack(bytes);
    return fact.revision < receipt && fact.startMs >= fromMs && fact.startMs < toMs ? [{ name, bytes, fact }] : [];
  });
}

/** The same name can never begin two steps of a receipt, because the first takes it away. */
async function takeAway<Fact extends KeyedFact>(
  redis: Redis,
  withdrawal: RecordWithdrawal<Fact>,
  doomed: readonly Doomed<Fact>[],
): Promise<void> {
  const { agreementId, feed } = withdrawal;
  const keys = agreementKeys(agreementId);
  const made = emptyPlan();
  for (const { name, bytes, fact } of doomed) {
    const field = Buffer.from(name);
    const bucket = field.toString("hex", 0, 2).slice(0, 3);
    made.facts.push({ key: null, field, value: null, old: Buffer.from(bytes) });
    made.facts.push({ key: keys.withdrawn(feed, bucket), field, value: withdrawnValue(fact.revision), old: null });
    move(made, withdrawal, fact, -1);
  }
  const first = Buffer.from(doomed[0]?.name ?? "").toString("hex");
  await writePlan(redis, made, { chunk: withdrawal, name: `withdraw:${first}`, record: withdrawnStep(doomed.length) });
}

/**
 * Takes away every record of a feed that starts in the period and of which the receipt's own file does not speak; counters move
 * by the difference. A record that was taken away is not found again, so that a second run goes on where the first ended.
 * Every fact of the feed is looked at, because nothing finds them by day.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function withdrawRecords<Fact extends KeyedFact>(redis: Redis, withdrawal: RecordWithdrawal<Fact>): Promise<void> {
  const zone = createZone(withdrawal.timeZone);
  const range = { fromMs: zone.dayRange(withdrawal.period.from).fromMs, toMs: zone.dayRange(withdrawal.period.to).toMs };
  for await (const some of readNamedFacts(redis, withdrawal.agreementId, withdrawal.feed)) {
    const doomed = doomedAmong(withdrawal, range, some);
    for (let from = 0; from < doomed.length; from += FACTS_PER_STEP)
      await takeAway(redis, withdrawal, doomed.slice(from, from + FACTS_PER_STEP));
  }
}
