import { z } from "zod";
import { PartyActor } from "../settlement/party.ts";
import { ScorerAgreement, scorerAgreement } from "./scorer-agreement.ts";

/** Points are hundredths, as in facts. */
const Points = z.int().min(0).max(10_000_000);
/** How one scorer found a call. `critical`: whether an error was found that fails it; `null` where the form does not say. */
export const Score = z.strictObject({ earned: Points, possible: Points, critical: z.boolean().nullable() });
export type Score = z.infer<typeof Score>;

/** The first 24 hexadecimal digits of the SHA-256 of a record's id. */
const RecordName = z.string().regex(/^[0-9a-f]{24}$/u);

/** One drawn evaluation as it was known when it was drawn. */
export const DrawnRecord = z.strictObject({
  name: RecordName,
  queue: z.string(),
  startMs: z.int(),
  agent: z.string().nullable(),
  evaluator: z.string().nullable(),
  form: z.string(),
  first: Score,
});
export type DrawnRecord = z.infer<typeof DrawnRecord>;

/** A drawn sample; it stays as it is. */
export const Calibration = z.strictObject({
  id: z.string(),
  feed: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  /** Drawn at random by the server. The sample is the records with the smallest SHA-256 of seed and name. */
  seed: z.string(),
  /** How many records there were to draw from, and the SHA-256 of their sorted names, one a line. */
  population: z.int(),
  populationSha256: z.string(),
  records: z.array(DrawnRecord).min(1).max(200),
  by: PartyActor,
  drawnAtMs: z.int(),
});
export type Calibration = z.infer<typeof Calibration>;

/** What the second scorer says of one record: a score, or why there is none. */
export const SecondWord = z.union([z.strictObject({ score: Score }), z.strictObject({ leftOut: z.string().min(1).max(300) })]);
export type SecondWord = z.infer<typeof SecondWord>;
/** `salt`: hashed into the ledger with what was said, so that nobody finds a score out by trying all there are. */
export const SecondScore = z.strictObject({ said: SecondWord, salt: z.string().exactOptional(), by: PartyActor, atMs: z.int() });
export type SecondScore = z.infer<typeof SecondScore>;

/** One record as a reader may see it. */
const SeenRecord = z.strictObject({
  ...DrawnRecord.omit({ first: true, evaluator: true }).shape,
  /** First score and evaluator, once nothing is left to score blind. */
  first: z.strictObject({ score: Score, evaluator: z.string().nullable() }).nullable(),
  /** What was said the second time: to whoever said it at once, to everybody at the end. */
  second: SecondWord.nullable(),
  isDone: z.boolean(),
});

/** A calibration in short; `result` once nothing is left to score. */
export const CalibrationLine = z.strictObject({
  ...Calibration.omit({ records: true }).shape,
  size: z.int(),
  done: z.int(),
  result: ScorerAgreement.nullable(),
});
export type CalibrationLine = z.infer<typeof CalibrationLine>;

export const CalibrationView = z.strictObject({ ...CalibrationLine.shape, records: z.array(SeenRecord) });
export type CalibrationView = z.infer<typeof CalibrationView>;

type Scores = ReadonlyMap<string, SecondScore>;

/** A score as a share of what was possible; nothing possible is nothing scored. */
function shareOf({ earned, possible }: Score): number {
  return possible === 0 ? 0 : earned / possible;
}

function resultOf({ records }: Calibration, seconds: Scores): ScorerAgreement {
  return scorerAgreement(
    records.flatMap(({ name, evaluator, first }) => {
      const said = seconds.get(name)?.said;
      if (said === undefined || !("score" in said)) return [];
      const critical = [first.critical, said.score.critical] as const;
      return [{ evaluator, first: shareOf(first), second: shareOf(said.score), critical }];
    }),
  );
}

/** A calibration without its records. */
export function calibrationLine(calibration: Calibration, seconds: Scores): CalibrationLine {
  const { records, ...drawn } = calibration;
  const done = records.filter(({ name }) => seconds.has(name)).length;
  return { ...drawn, size: records.length, done, result: done === records.length ? resultOf(calibration, seconds) : null };
}

/**
 * A calibration as one person may see it. As long as a record is left to score, nobody sees a first score, or what others have said.
 *
 * @param reader id of whoever asks.
 */
export function calibrationView(calibration: Calibration, seconds: Scores, reader: string): CalibrationView {
  const line = calibrationLine(calibration, seconds);
  const isOver = line.result !== null;
  const records = calibration.records.map(({ first, evaluator, ...record }) => {
    const second = seconds.get(record.name);
    const isSeen = second !== undefined && (isOver || second.by.id === reader);
    return {
      ...record,
      first: isOver ? { score: first, evaluator } : null,
      second: isSeen ? second.said : null,
      isDone: second !== undefined,
    };
  });
  return { ...line, records };
}
