import { Restatement } from "../../shared/protocol/restatement.ts";

function at(day: string, clock: string): number {
  return Date.parse(`2026-${day}T${clock}:00+08:00`);
}

const LATE = at("09-21", "13:05");
const EARLY = at("09-18", "10:20");

const COMMON = { feed: "acd-intervals", by: "bayanihan-prod", whole: true } as const;
const LEVEL = { unit: "ratio", direction: "at-least", expected: { mantissa: 80, dp: 2 }, notBelow: null } as const;

/** Two corrections of the story's voice agreement: one that only fills in, and one that turns closed days. */
export const VOICE_RESTATEMENTS: readonly Restatement[] = [
  Restatement.parse({
    ...COMMON,
    receiptId: "acme-voice.r88213",
    receipt: 88_213,
    filename: "acd_2026-09-12_corrected.csv",
    acceptedAtMs: LATE,
    atMs: LATE + 900,
    rows: 48,
    firstMs: at("09-12", "08:00"),
    lastMs: at("09-12", "20:00"),
    lateMs: LATE - at("09-13", "00:00"),
    totals: [
      { counter: "answered", old: 1622, new: 1641 },
      { counter: "answered-within-20000", old: 1215, new: 1346 },
      { counter: "handle-ms", old: 572_400_000, new: 571_200_000 },
    ],
    values: Array.from({ length: 12 }, (_, i) => ({
      queue: i % 2 === 0 ? "voice-en" : "voice-tl",
      startMs: at("09-12", "08:00") + Math.floor(i / 2) * 1_800_000,
      counter: "answered-within-20000",
      old: i === 3 ? null : String(41 + 3 * i),
      new: String(47 + 3 * i),
    })),
    verdicts: [
      {
        ...LEVEL,
        targetId: "service-level",
        window: { kind: "day", start: "2026-09-12", open: false, part: false },
        old: { status: "missed", value: { num: 1215, den: 1660 } },
        new: { status: "met", value: { num: 1346, den: 1660 } },
        flipped: true,
        favour: "provider",
      },
      {
        ...LEVEL,
        targetId: "service-level",
        window: { kind: "month", start: "2026-09-01", open: true, part: false },
        old: { status: "at-risk", value: { num: 33_938, den: 43_180 } },
        new: { status: "at-risk", value: { num: 34_069, den: 43_180 } },
        flipped: false,
        favour: "provider",
      },
    ],
    verdictsChanged: 2,
    flipped: 1,
    credit: { currency: "EUR", old: 420_000, new: 420_000 },
    favour: "provider",
    favours: { provider: 5, client: 1, neutral: 2 },
    sha256: "5f0c1f6a0d8c0a3c8e3b2f7be0c9a9e4a6d2b2f9c1c1d7f3b0a9e8d7c6b5a493",
  }),
  Restatement.parse({
    ...COMMON,
    receiptId: "acme-voice.r87901",
    receipt: 87_901,
    filename: "acd_2026-09-18_0930.csv",
    acceptedAtMs: EARLY,
    atMs: EARLY + 700,
    rows: 2,
    firstMs: at("09-18", "08:00"),
    lastMs: at("09-18", "09:00"),
    lateMs: 0,
    totals: [{ counter: "abandoned", old: 4, new: 5 }],
    values: [{ queue: "voice-en", startMs: at("09-18", "08:00"), counter: "abandoned", old: "4", new: "5" }],
    verdicts: [],
    verdictsChanged: 0,
    flipped: 0,
    credit: null,
    favour: "neutral",
    favours: { provider: 4, client: 1, neutral: 2 },
    sha256: "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9",
  }),
];
