import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { settle } from "../../../../shared/settlement/settle.ts";
import type { Settlement } from "../../../../shared/settlement/settlement.ts";
import { q, read } from "../../../support/naive-amounts.ts";
import { good } from "../../../support/naive-prices.ts";
import { type NaiveLine, naiveSettlement } from "../../../support/naive-settlement.ts";
import { type Case, settlementCase } from "./naive-arbitrary.ts";

function linesOf({ periods }: Settlement): Map<string, NaiveLine[]> {
  return new Map(
    periods.map(({ version, start, lines }) => [
      `${version} ${start}`,
      lines.map(({ targetId: id, points, credit, capped, earnedBack: back, bonus }) => ({
        id,
        points,
        credit,
        kept: credit - capped,
        back,
        bonus,
      })),
    ]),
  );
}

function settled({ versions, verdicts }: Case): Settlement {
  return settle({ versions, verdicts, claims: [], nowMs: Math.max(...verdicts.map(({ window }) => window.toMs)) });
}

function nameOf({ version, window, targetId }: Verdict): string {
  return `${version} ${window.start} ${targetId}`;
}

/** A verdict with the figure that it would have, in percent, if every open claim were accepted; and the verdict that this would be. */
function otherwise({ versions }: Case, verdict: Verdict, share: number | null): readonly [Verdict, Verdict] {
  const of = versions
    .find(({ agreement }) => agreement.version === verdict.version)
    ?.targets.find(({ target }) => target.id === verdict.targetId);
  if (share === null || of === undefined || verdict.value === null) return [verdict, verdict];
  const { open } = verdict.window;
  const misses = (level: string): boolean => !good(of, q(share, 100), read(level));
  const [isMissed, isBelow] = [misses(of.target.expected), of.target.minimum !== undefined && misses(of.target.minimum)];
  const value = { num: share, den: 100 };
  const status = isMissed ? (open ? ("at-risk" as const) : ("missed" as const)) : ("met" as const);
  const counts = isBelow ? ("minimum" as const) : isMissed ? ("expected" as const) : null;
  const other: Verdict = { ...verdict, value, status, belowMinimum: isBelow, default: open ? null : counts };
  return [{ ...verdict, ifAllAccepted: { value, n: 100, status } }, other];
}

describe("money as the documents say it", () => {
  it("is what a second, naive reading of them comes to: every line of random agreements", () => {
    fc.assert(
      fc.property(settlementCase, (some) => {
        expect(linesOf(settled(some))).toEqual(naiveSettlement(some.versions, some.verdicts));
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 2000 : 600 },
    );
  });

  it("is, if every open claim were accepted, what it would be had the figures been the others from the start", () => {
    const shares = fc.array(fc.option(fc.constantFrom(20, 30, 35, 45, 59, 65, 75, 80, 95), { nil: null }), {
      minLength: 30,
      maxLength: 30,
    });
    fc.assert(
      fc.property(settlementCase, shares, (some, others) => {
        const pairs = some.verdicts.map((verdict, i) => otherwise(some, verdict, others[i % others.length] ?? null));
        const [claimed, accepted] = [pairs.map(([verdict]) => verdict), pairs.map(([, other]) => other)];
        const touched = new Set(claimed.filter((verdict) => verdict.ifAllAccepted !== null).map(nameOf));
        const naive = naiveSettlement(some.versions, accepted);
        for (const { version, start, lines } of settled({ ...some, verdicts: claimed }).periods) {
          const wanted = naive.get(`${version} ${start}`) ?? [];
          expect(lines.map((line) => line.ifAllAccepted)).toEqual(
            wanted.map(({ id, credit }) => (touched.has(`${version} ${start} ${id}`) ? credit : null)),
          );
        }
      }),
      { numRuns: process.env["ACCORD_TESTS"] === "full" ? 1000 : 300 },
    );
  });
});
