import { describe, expect, it } from "vitest";
import type { Verdict } from "../../../../shared/agreement/verdict.ts";
import { sealVerdict } from "../../../../shared/ledger/seal-verdict.ts";
import { sha256 } from "../../../../shared/store/sha256.ts";

const VERDICT: Verdict = {
  targetId: "service-level",
  version: 2,
  window: { kind: "day", start: "2026-03-02", fromMs: 1_772_409_600_000, toMs: 1_772_496_000_000, open: false, part: false },
  status: "missed",
  unit: "ratio",
  value: { num: 100, den: 150 },
  n: 150,
  needed: null,
  direction: "at-least",
  expected: { mantissa: 80, dp: 2 },
  notBelow: null,
  belowMinimum: false,
  default: "expected",
  recomputed: null,
  ifAllAccepted: null,
  interval: { low: 0.5866666666666667, high: 0.7371 },
  fed: null,
  asOfMs: 1_772_443_800_000,
  reason: "On the wrong side at the end of the window.",
  trace: ["Version 2.", "100 ÷ 150"],
  hash: "",
};

describe("a sealed verdict", () => {
  /** SHA-256 of the canonical JSON, computed with another program (Python's json and hashlib). */
  it("has this hash for ever", () => {
    expect(sealVerdict(VERDICT, sha256)).toEqual({ ...VERDICT, hash: "34ae2a6dde333315418c7dfc21fb94d0b34d571d6b03bc46fcd42c44320ef586" });
  });

  it("keeps its hash when it is sealed again", () => {
    const sealed = sealVerdict(VERDICT, sha256);
    expect(sealVerdict(sealed, sha256)).toEqual(sealed);
  });

  it.each<[string, Partial<Verdict>]>([
    ["figure", { value: { num: 101, den: 150 } }],
    ["status", { status: "met" }],
    ["version", { version: 3 }],
    ["interval", { interval: { low: 0.58666666666666678, high: 0.7371 } }],
    ["trace", { trace: ["Version 2.", "100 ÷ 151"] }],
    ["other count", { recomputed: { value: null, n: 0, status: "no-data" } }],
  ])("of another %s has another hash", (_, change) => {
    expect(sealVerdict({ ...VERDICT, ...change }, sha256).hash).not.toBe(sealVerdict(VERDICT, sha256).hash);
  });

  it("can be sealed whatever a name in its trace holds", () => {
    expect(sealVerdict({ ...VERDICT, trace: ["queue \uD800"] }, sha256).hash).toMatch(/^[0-9a-f]{64}$/u);
  });
});
