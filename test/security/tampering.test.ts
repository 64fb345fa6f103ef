import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LedgerEntry } from "../../shared/ledger/entry.ts";
import { checkpointOf } from "../../shared/store/checkpoints.ts";
import { readLedgerTree } from "../../shared/store/ledger-tree.ts";
import { history, HISTORY_STARTS, liveThrough } from "../support/record-history.ts";
import { type Parts, putTogether, rehash, resign, takeApart } from "../support/tamper.ts";
import { verifyBytes } from "../support/verify-bytes.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const SEEDS = process.env["ACCORD_TESTS"] === "full" ? 20 : 4;
const HISTORIES = process.env["ACCORD_TESTS"] === "full" ? 5 : 1;

interface Case {
  readonly bytes: Uint8Array;
  /** A checkpoint that a party kept when the record had two thirds of its entries. */
  readonly held: string;
  readonly heldSize: number;
}

let stage: WorkerStage;
const cases: Case[] = [];
beforeAll(async () => {
  stage = await startWorkerStage(HISTORY_STARTS);
  const long = fc.sample(history, { seed: 5, numRuns: 40 }).toSorted((a, b) => b.steps.length - a.steps.length);
  for (const [i, one] of long.slice(0, HISTORIES).entries()) {
    const { bundle } = await liveThrough(stage, `tampered-${i}`, one);
    const { tree } = await readLedgerTree(stage.redis, `tampered-${i}`);
    const heldSize = Math.floor((tree.size * 2) / 3);
    cases.push({ bytes: bundle, heldSize, held: checkpointOf(stage.parts.keyRing, `tampered-${i}`, tree, heldSize) });
  }
}, 120_000);
afterAll(async () => await stage?.stop());

/** Changes the parts and says which entry is the first wrong one; `pick` gives a number below another. */
type Tamper = (parts: Parts, pick: (below: number) => number, known: Case) => number;

function changed(entry: LedgerEntry): LedgerEntry {
  if (entry.kind === "verdict-sealed") return { ...entry, num: entry.num + 1 };
  if (entry.kind === "receipt-settled") return { ...entry, rows: entry.rows + 1 };
  return { ...entry, actor: `${entry.actor}x` };
}

function at(parts: Parts, index: number): LedgerEntry {
  const entry = parts.entries[index];
  if (entry === undefined) throw new Error(`there is no entry ${index}`);
  return entry;
}

function ofKind(parts: Parts, kind: LedgerEntry["kind"], pick: (below: number) => number): number {
  const places = parts.entries.flatMap((entry, i) => (entry.kind === kind ? [i] : []));
  return places[pick(places.length)] ?? 0;
}

function resigned(parts: Parts): void {
  resign(parts, stage.parts.keyRing);
}

function swap(parts: Parts, a: number, b: number): void {
  [parts.entries[a], parts.entries[b]] = [at(parts, b), at(parts, a)];
  [parts.leaves[a], parts.leaves[b]] = [parts.leaves[b] ?? "", parts.leaves[a] ?? ""];
}

const KINDS: Readonly<Record<string, Tamper>> = {
  "an entry edited": (parts, pick) => {
    const index = pick(parts.entries.length);
    parts.entries[index] = changed(at(parts, index));
    return index;
  },
  "an entry edited, its hash with it": (parts, pick) => {
    const index = pick(parts.entries.length);
    parts.entries[index] = changed(at(parts, index));
    rehash(parts);
    return index;
  },
  "an entry deleted": (parts, pick) => {
    const index = pick(parts.entries.length);
    parts.entries.splice(index, 1);
    parts.leaves.splice(index, 1);
    return index;
  },
  "two entries swapped": (parts, pick) => {
    const first = pick(parts.entries.length - 1);
    swap(parts, first, first + 1 + pick(parts.entries.length - 1 - first));
    return first;
  },
  "an entry inserted": (parts, pick) => {
    const index = pick(parts.entries.length);
    parts.entries.splice(index, 0, { ...at(parts, index), actor: "nobody" });
    rehash(parts);
    return index;
  },
  "the end cut off": (parts, pick) => {
    const size = 1 + pick(parts.entries.length - 1);
    parts.entries.length = size;
    parts.leaves.length = size;
    return size;
  },
  "the end cut off and all signed anew with our key": (parts, pick, { heldSize }) => {
    const size = 1 + pick(heldSize - 1);
    parts.entries.length = size;
    resigned(parts);
    return size;
  },
  "a fork signed with our key": (parts, pick, { heldSize }) => {
    const index = pick(heldSize);
    for (let i = index; i < parts.entries.length; i++) parts.entries[i] = changed(at(parts, i));
    resigned(parts);
    return index;
  },
  "a file replaced": (parts, pick) => {
    const index = ofKind(parts, "receipt-accepted", pick);
    const entry = at(parts, index);
    if (entry.kind === "receipt-accepted") parts.files.set(`raw/${entry.sha256}`, Buffer.from(`date,queue\n${index},other\n`));
    return index;
  },
  "receipts in another order, signed with our key": (parts, pick) => {
    const places = parts.entries.flatMap(({ kind }, i) => (kind === "receipt-accepted" ? [i] : []));
    const first = pick(places.length - 1);
    const [a = 0, b = 0] = [places[first], places[first + 1]];
    swap(parts, a, b);
    resigned(parts);
    return a;
  },
  "a clock set back, signed with our key": (parts, pick, { heldSize }) => {
    const index = pick(heldSize);
    const entry = at(parts, index);
    parts.entries[index] = { ...entry, atMs: entry.atMs - 1 - pick(86_400_000) };
    resigned(parts);
    return index;
  },
  "a verdict changed, signed with our key": (parts, pick) => {
    const index = ofKind(parts, "verdict-sealed", pick);
    const entry = at(parts, index);
    if (entry.kind === "verdict-sealed") parts.entries[index] = { ...entry, sha256: "0".repeat(64) };
    resigned(parts);
    return index;
  },
};

/** Those that convict themselves, without anything a party has kept; of the others a stretch is known, which the checkpoints bound. */
const EXACT = new Set(["an entry edited", "the end cut off", "the end cut off and all signed anew with our key", "a file replaced"]);

describe.each(Object.entries(KINDS))("%s", (kind, tamper) => {
  it(`is found at its place, ${SEEDS} of ${SEEDS} times`, async () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const known = cases[seed % cases.length];
      if (known === undefined) throw new Error("no history was lived");
      const draws = fc.sample(fc.double({ min: 0, max: 0.999_999, noNaN: true }), { seed: seed * 31 + kind.length, numRuns: 8 });
      const pick = (below: number): number => Math.floor((draws.pop() ?? 0) * below);
      const parts = await takeApart(known.bytes);
      const index = tamper(parts, pick, known);
      const { findings } = await verifyBytes(putTogether(parts), [known.held]);
      const [first] = findings;
      const told = `${kind}, entry ${index}: ${JSON.stringify(findings.slice(0, 3))}`;
      expect(first?.severity, told).toBe("tampered");
      expect(first?.index, told).toBeLessThanOrEqual(index);
      expect(first?.to, told).toBeGreaterThanOrEqual(index);
      if (EXACT.has(kind)) expect([first?.index, first?.to], told).toEqual([index, index]);
    }
  }, 300_000);
});

describe("a record that nobody touched", () => {
  it("raises no alarm, whatever a party holds against it", async () => {
    for (const { bytes, held } of cases) expect((await verifyBytes(bytes, [held])).findings).toEqual([]);
  });

  it("of another installation is not the one that a party knows", async () => {
    const [known] = cases;
    const note = known?.held.replace("tampered-0", "other") ?? "";
    expect((await verifyBytes(known?.bytes ?? new Uint8Array(0), [note])).findings[0]).toMatchObject({ kind: "checkpoint" });
  });
});
