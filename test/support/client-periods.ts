import { z } from "zod";
import { PeriodView } from "../../shared/protocol/period.ts";

const HASH = "b1f4d8a06c2e47359a8d0c6f5e3b7a92c4d1e8f60a7b3c5d9e2f4a6b8c0d1e3f";

function at(day: string): number {
  return Date.parse(`2026-${day}T00:00:00+08:00`);
}

const NORA = { id: "person:nora", name: "Nora Reyes", party: "provider" };
const INGRID = { id: "person:ingrid", name: "Ingrid Holm", party: "client" };
const LEVEL = { unit: "ratio", direction: "at-least", expected: { mantissa: 80, dp: 2 }, notBelow: null };

const AUGUST = { id: "month.2026-08-01", kind: "month", start: "2026-08-01", fromMs: at("08-01"), toMs: at("09-01") };
const JULY = { id: "month.2026-07-01", kind: "month", start: "2026-07-01", fromMs: at("07-01"), toMs: at("08-01") };
const AUGUST_FIGURES = { watermark: 88_190, sha256: HASH, verdicts: 160, credit: 1_440_000, bonus: 0 };
const JULY_FIGURES = { watermark: 81_344, sha256: HASH.replace("b1", "c7"), verdicts: 160, credit: 504_000, bonus: 120_000 };

/** August, signed by the provider and waiting for the client; July, closed, with a later file that changed it. */
export const VOICE_PERIODS: readonly PeriodView[] = z.array(PeriodView).parse([
  {
    ...AUGUST,
    figures: AUGUST_FIGURES,
    closing: {
      ...AUGUST,
      state: "proposed",
      seq: 1,
      figures: AUGUST_FIGURES,
      signed: ["provider"],
      steps: [{ kind: "signed", by: NORA, atMs: at("09-04") + 36_000_000, note: "" }],
    },
    open: { receipts: 0, claims: ["c3"], targetsWithoutData: [] },
    adjustments: null,
  },
  {
    ...JULY,
    figures: JULY_FIGURES,
    closing: {
      ...JULY,
      state: "closed",
      seq: 2,
      figures: JULY_FIGURES,
      signed: ["provider", "client"],
      steps: [
        { kind: "signed", by: NORA, atMs: at("08-03") + 36_000_000, note: "" },
        { kind: "signed", by: INGRID, atMs: at("08-05") + 50_000_000, note: "" },
      ],
    },
    open: { receipts: 0, claims: [], targetsWithoutData: [] },
    adjustments: {
      credit: -504_000,
      bonus: 0,
      verdicts: [
        {
          ...LEVEL,
          targetId: "service-level",
          window: { kind: "day", start: "2026-07-14", open: false, part: false },
          closed: { status: "missed", value: { num: 1210, den: 1650 } },
          now: { status: "met", value: { num: 1402, den: 1650 } },
        },
        {
          ...LEVEL,
          targetId: "service-level",
          window: { kind: "month", start: "2026-07-01", open: false, part: false },
          closed: { status: "missed", value: { num: 34_890, den: 43_800 } },
          now: { status: "met", value: { num: 35_082, den: 43_800 } },
        },
      ],
    },
  },
]);
