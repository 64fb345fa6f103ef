import { describe, expect, it } from "vitest";
import { readFault } from "../../../../shared/ledger/read-fault.ts";

const SETTLED = {
  v: 1,
  kind: "receipt-settled",
  agreement: "voice",
  atMs: 0,
  actor: "accord",
  receipt: 7,
  state: "rejected",
  rows: 0,
  applied: 0,
  restated: 0,
  rejected: 0,
  duplicate: 0,
} as const;
const READABLE = { refused: null, rows: 4, refusedRows: 0, covers: null };
const TOLD = { condensed: false, replaced: null };

describe("a file held against what its receipt says", () => {
  it("a readable file that was rejected is a fault", () => {
    expect(readFault(SETTLED, READABLE, TOLD)).toBe("receipt 7 was rejected, but its file can be read");
  });

  it("a file that was set aside because it stopped workers may be readable elsewhere", () => {
    expect(readFault({ ...SETTLED, setAside: true }, READABLE, TOLD)).toBeNull();
  });
});
