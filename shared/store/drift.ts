import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Redis } from "ioredis";
import { z } from "zod";
import { DriftLine } from "../drift/drift-line.ts";
import { DriftView } from "../drift/drift-view.ts";
import type { Write } from "./commit.ts";
import { agreementKeys } from "./keys.ts";

/** A line with the name of everything its view was worked out from. */
const StoredLine = z.strictObject({ inputs: z.string(), line: DriftLine });
export type StoredLine = z.infer<typeof StoredLine>;

/** A chart has no more; the counts that they come from are kept exactly. */
const DIGITS = 9;

/** What is known of every watched target in short, by target. What another release wrote in another shape is worked out anew. */
export async function readDriftLines(redis: Redis, agreementId: string): Promise<Map<string, StoredLine>> {
  const stored = await redis.hgetall(agreementKeys(agreementId).driftLines);
  return new Map(
    Object.entries(stored).flatMap(([targetId, text]): [string, StoredLine][] => {
      const { data } = StoredLine.safeParse(JSON.parse(text));
      return data === undefined ? [] : [[targetId, data]];
    }),
  );
}

/** What watching a target says; `null` of one that nobody has looked at. */
export async function readDriftView(redis: Redis, agreementId: string, targetId: string): Promise<DriftView | null> {
  const bytes = await redis.hgetBuffer(agreementKeys(agreementId).drift, targetId);
  return bytes === null ? null : (DriftView.safeParse(JSON.parse(inflateRawSync(bytes).toString())).data ?? null);
}

/** 400 days are 108 kB as they come, and 11 kB packed with as many digits as anybody sees. */
function packed(view: DriftView): Uint8Array {
  const points = view.points.map((point): typeof point => {
    const short = (value: number): number => Number(value.toPrecision(DIGITS));
    const range = ({ low, high }: { readonly low: number; readonly high: number }) => ({ low: short(low), high: short(high) });
    const { value, expected, ewma, limits, sequence } = point;
    const drawn = { value: short(value), expected: short(expected), limits: range(limits), ewma: short(ewma) };
    return { ...point, ...drawn, sequence: sequence === null ? null : range(sequence) };
  });
  return deflateRawSync(JSON.stringify({ ...view, points }));
}

/** Stores a view and its line together. */
export function driftWrites(agreementId: string, view: DriftView, stored: StoredLine): Write[] {
  const { drift, driftLines } = agreementKeys(agreementId);
  return [
    ["HSET", drift, view.targetId, packed(view)],
    ["HSET", driftLines, view.targetId, JSON.stringify(stored)],
  ];
}

/** Forgets a target that is not watched any more. */
export function driftRemoval(agreementId: string, targetId: string): Write[] {
  const { drift, driftLines } = agreementKeys(agreementId);
  return [
    ["HDEL", drift, targetId],
    ["HDEL", driftLines, targetId],
  ];
}
