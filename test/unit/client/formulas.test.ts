import { describe, expect, it } from "vitest";
import { comparePeriods } from "../../../client/features/target/compare-periods.ts";
import { variantFinding } from "../../../client/features/target/variant-words.ts";
import type { Verdict } from "../../../shared/agreement/verdict.ts";
import type { VariantRow, Variants } from "../../../shared/protocol/compare.ts";
import { buildVerdict } from "../../support/client-fixture.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");
const MONTH: Verdict["window"] = { kind: "month", start: "2026-08-01", fromMs: 0, toMs: 1, open: false, part: false };
const WEEK = { ...MONTH, kind: "week" } as const;

function rowOf(
  variant: string,
  shares: readonly number[],
  overrides: Partial<VariantRow> & { window?: Verdict["window"] } = {},
): VariantRow {
  const { window = MONTH, ...rest } = overrides;
  const verdicts = shares.map((share) =>
    buildVerdict({ window, value: { num: Math.round(share * 1000), den: 1000 }, status: share >= 0.8 ? "met" : "missed" }),
  );
  return { variant, says: variant, agreed: false, lacks: null, verdicts, credit: 0, ...rest };
}

const of = (rows: VariantRow[]): Variants => ({ targetId: "service-level", currency: "USD", rows });

describe("which formula makes this green", () => {
  it("one window: under how many it is met, by how much the agreed one misses, and its price", () => {
    const rows = [
      rowOf("positive", [0.83]),
      rowOf("answered-only", [0.86]),
      rowOf("short-excluded", [0.801]),
      rowOf("ignore-within", [0.789], { agreed: true, credit: 200_000 }),
      rowOf("+flowouts", [], { lacks: "No count of calls that flowed out.", credit: null }),
    ];
    expect(plain(variantFinding(of(rows)))).toBe(
      "Met under 3 of 5 formulas; the agreed one misses by 1.1 pp and costs USD 2,000. 1 of them cannot be computed from this feed.",
    );
  });

  it("an open window would cost, a met one costs nothing", () => {
    const open = rowOf("negative", [0.789], { agreed: true, credit: 200_000, window: { ...MONTH, open: true } });
    expect(plain(variantFinding(of([open])))).toBe("Met under 0 of 1 formula; the agreed one misses by 1.1 pp and would cost USD 2,000.");
    expect(plain(variantFinding(of([rowOf("negative", [0.82], { agreed: true })])))).toBe(
      "Met under 1 of 1 formula; the agreed one is met, 2.0 pp spare.",
    );
  });

  it("several weeks are counted", () => {
    const rows = [
      rowOf("positive", [0.81, 0.82, 0.83], { window: WEEK }),
      rowOf("negative", [0.78, 0.79, 0.81], { window: WEEK, agreed: true, credit: 400_000 }),
    ];
    expect(plain(variantFinding(of(rows)))).toBe(
      "All 3 weeks are met under 1 of 2 formulas; under the agreed one 1 of 3, which costs USD 4,000.",
    );
  });

  it("a formula that the feed cannot answer is never met", () => {
    expect(variantFinding(of([rowOf("+flowouts", [], { lacks: "x", agreed: true })]))).toBe(
      "Met under 0 of 1 formula; the agreed one has no verdict in this time. 1 of them cannot be computed from this feed.",
    );
  });

  it("the offered times begin with this month and know where the last one ends, over a new year too", () => {
    expect(comparePeriods("2026-01-10").map(({ label, kind, from, to }) => `${label}: ${kind} ${from} ${to}`)).toEqual([
      "This month, January 2026: month 2026-01-01 2026-01-31",
      "Weeks that begin in January 2026: week 2026-01-01 2026-01-31",
      "Days of January 2026: day 2026-01-01 2026-01-31",
      "Last month, December 2025: month 2025-12-01 2025-12-31",
      "Weeks that begin in December 2025: week 2025-12-01 2025-12-31",
      "Days of December 2025: day 2025-12-01 2025-12-31",
    ]);
    expect(comparePeriods("2028-03-31")[3]?.to).toBe("2028-02-29");
  });
});
