import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle } from "../../../../shared/settlement/settle.ts";
import type { Settlement } from "../../../../shared/settlement/settlement.ts";
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

describe("money as the documents say it", () => {
  it("is what a second, naive reading of them comes to: every line of 2,000 random agreements", () => {
    fc.assert(
      fc.property(settlementCase, (some) => {
        expect(linesOf(settled(some))).toEqual(naiveSettlement(some.versions, some.verdicts));
      }),
      { numRuns: 2000 },
    );
  });
});
