import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExclusionRules } from "../../../../shared/agreement/money-clauses.ts";
import { ExclusionClaim } from "../../../../shared/settlement/claim.ts";
import { type ClaimDemand, type ClaimEvent, lapse, moveClaim, openClaim } from "../../../../shared/settlement/claim-transition.ts";
import { exclusionsOf } from "../../../../shared/settlement/exclusions-of.ts";
import type { PartyActor } from "../../../../shared/settlement/party.ts";

const RULES: ExclusionRules = { kinds: ["client-outage", "volume"], noticeWithin: "P5D", decideWithin: "P10D", undecided: "lapsed" };
const PROVIDER: PartyActor = { id: "u1", name: "Pia", party: "provider" };
const CLIENT: PartyActor = { id: "u2", name: "Carl", party: "client" };
const window = { fromMs: Date.parse("2026-03-02T10:00:00Z"), toMs: Date.parse("2026-03-02T12:00:00Z") };
const noticed = Date.parse("2026-03-03T09:00:00Z");

function demand(overrides: Partial<ClaimDemand> = {}): ClaimDemand {
  return {
    id: "c1",
    kind: "client-outage",
    targets: "all",
    window,
    evidence: "Ticket 12",
    mitigation: "",
    by: PROVIDER,
    atMs: noticed,
    ...overrides,
  };
}

const TERMS = { rules: RULES, timeZone: "UTC" };

function opened(overrides: Partial<ClaimDemand> = {}, terms: Parameters<typeof openClaim>[1] = TERMS): ExclusionClaim {
  const result = openClaim(demand(overrides), terms);
  if (result.kind === "refused") throw new Error(result.why);
  return result.claim;
}

function decision(overrides: Partial<Extract<ClaimEvent, { kind: "decide" }>> = {}): ClaimEvent {
  return {
    kind: "decide",
    by: CLIENT,
    atMs: noticed + 1000,
    expectedSeq: 1,
    decision: "accepted",
    accepted: [],
    note: "Right",
    ...overrides,
  };
}

function moved(claim: ExclusionClaim, event: ClaimEvent): ExclusionClaim {
  const result = moveClaim(claim, event);
  if (result.kind === "refused") throw new Error(result.why);
  return result.claim;
}

describe("a claim", () => {
  it("has its clocks: notice in days after the end of what is claimed, decision in days after the notice", () => {
    const claim = opened();
    expect(claim).toMatchObject({ state: "claimed", seq: 1, accepted: [] });
    expect(new Date(claim.noticeDueMs).toISOString()).toBe("2026-03-08T00:00:00.000Z");
    expect(new Date(claim.decideByMs).toISOString()).toBe("2026-03-14T00:00:00.000Z");
    expect(ExclusionClaim.parse(claim)).toEqual(claim);
  });

  it("counts hours exactly", () => {
    const claim = opened({}, { rules: { ...RULES, noticeWithin: "PT48H", decideWithin: "PT72H" }, timeZone: "UTC" });
    expect([claim.noticeDueMs - window.toMs, claim.decideByMs - noticed]).toEqual([48 * 3_600_000, 72 * 3_600_000]);
  });

  it("lapses at once, on record, where the notice came too late", () => {
    const atMs = Date.parse("2026-03-08T00:00:00Z");
    const claim = opened({ atMs });
    expect(claim.steps).toEqual([
      { atMs, state: "claimed", by: PROVIDER, note: "" },
      { atMs, state: "lapsed", by: null, note: "The notice came after the agreed time." },
    ]);
    expect(claim).toMatchObject({ state: "lapsed", seq: 2 });
    expect(opened({ atMs: atMs - 1 }).state).toBe("claimed");
  });

  it.each<[string, Partial<ClaimDemand>, ExclusionRules | undefined]>([
    ["no exclusion clause", {}, undefined],
    ["a kind that is not excused", { kind: "force-majeure" }, RULES],
    ["time of no length", { window: { fromMs: 5, toMs: 5 } }, RULES],
    ["no target", { targets: [] }, RULES],
  ])("is refused with a remedy: %s", (_, overrides, rules) => {
    const result = openClaim(demand(overrides), { rules, timeZone: "UTC" });
    expect(result).toMatchObject({ kind: "refused", why: expect.stringMatching(/\.$/u), remedy: expect.stringMatching(/\.$/u) });
  });

  it("leaves its whole time out once the other party accepts it", () => {
    const claim = moved(opened(), decision());
    expect(claim).toMatchObject({ state: "accepted", seq: 2, accepted: [window] });
    expect(exclusionsOf([claim])).toEqual([{ id: "c1", targets: "all", why: "client outage", state: "accepted", ...window }]);
  });

  it("leaves out the accepted parts, merged", () => {
    const { fromMs } = window;
    const hour = (from: number, to: number): { fromMs: number; toMs: number } => ({
      fromMs: fromMs + from * 60_000,
      toMs: fromMs + to * 60_000,
    });
    const claim = moved(
      opened({ targets: ["b", "a", "a"] }),
      decision({ decision: "partly", accepted: [hour(30, 60), hour(0, 40), hour(90, 100)] }),
    );
    expect(claim.accepted).toEqual([hour(0, 60), hour(90, 100)]);
    expect(exclusionsOf([claim]).map(({ state, targets }) => [state, targets])).toEqual([
      ["accepted", ["a", "b"]],
      ["accepted", ["a", "b"]],
    ]);
  });

  it.each<[string, readonly { fromMs: number; toMs: number }[]]>([
    ["no part", []],
    ["a part of no length", [{ fromMs: window.fromMs, toMs: window.fromMs }]],
    ["a part outside the claim", [{ fromMs: window.fromMs - 1, toMs: window.toMs }]],
    [
      "one part of two outside",
      [
        { fromMs: window.fromMs, toMs: window.fromMs + 5 },
        { fromMs: window.toMs - 5, toMs: window.toMs + 1 },
      ],
    ],
    ["all of it, which is not a part", [window]],
  ])("cannot be accepted partly with %s", (_, accepted) => {
    expect(moveClaim(opened(), decision({ decision: "partly", accepted })).kind).toBe("refused");
  });

  it("is open to the engine until it is decided, and gone once it is rejected, withdrawn or lapsed", () => {
    const claim = opened();
    expect(exclusionsOf([claim])).toMatchObject([{ state: "open", ...window }]);
    const ended = [
      moved(claim, decision({ decision: "rejected" })),
      moved(claim, { kind: "withdraw", by: PROVIDER, atMs: noticed, expectedSeq: 1, note: "" }),
      lapse(claim, claim.decideByMs, RULES),
    ];
    expect(ended.map(({ state }) => state)).toEqual(["rejected", "withdrawn", "lapsed"]);
    expect(exclusionsOf(ended)).toEqual([]);
  });

  it("is decided only by the other party, and withdrawn only by its own", () => {
    expect(moveClaim(opened(), decision({ by: PROVIDER })).kind).toBe("refused");
    expect(moveClaim(opened({ by: CLIENT }), decision({ by: CLIENT })).kind).toBe("refused");
    expect(moveClaim(opened(), { kind: "withdraw", by: CLIENT, atMs: noticed, expectedSeq: 1, note: "" }).kind).toBe("refused");
  });

  it("is not decided by someone who has not seen its last step, nor after its time", () => {
    const claim = opened();
    expect(moveClaim(claim, decision({ expectedSeq: 2 })).kind).toBe("refused");
    expect(moveClaim(claim, decision({ atMs: claim.decideByMs })).kind).toBe("refused");
    expect(moveClaim(claim, decision({ atMs: claim.decideByMs - 1 })).kind).toBe("done");
  });

  it("that nobody decides becomes what was agreed, as of the end of the time to decide", () => {
    const claim = opened();
    expect(lapse(claim, claim.decideByMs - 1, RULES)).toBe(claim);
    const accepted = lapse(claim, claim.decideByMs + 5, { undecided: "accepted" });
    expect(accepted).toMatchObject({ state: "accepted", seq: 2, accepted: [window] });
    expect(accepted.steps.at(-1)).toMatchObject({ by: null, atMs: claim.decideByMs });
    expect(lapse(accepted, claim.decideByMs + 9, RULES)).toBe(accepted);
  });
});

const actor = fc.constantFrom(PROVIDER, CLIENT);
const parts = fc.array(
  fc.tuple(fc.integer({ min: -2, max: 122 }), fc.integer({ min: -2, max: 122 })).map(([from, to]) => ({
    fromMs: window.fromMs + from * 60_000,
    toMs: window.fromMs + to * 60_000,
  })),
  { maxLength: 3 },
);
const event: fc.Arbitrary<ClaimEvent | { kind: "lapse"; afterMs: number }> = fc.oneof(
  fc.record({
    kind: fc.constant("decide" as const),
    by: actor,
    atMs: fc.integer({ min: noticed, max: noticed + 1_200_000_000 }),
    expectedSeq: fc.integer({ min: 1, max: 3 }),
    decision: fc.constantFrom("accepted" as const, "partly" as const, "rejected" as const),
    accepted: parts,
    note: fc.constant("note"),
  }),
  fc.record({
    kind: fc.constant("withdraw" as const),
    by: actor,
    atMs: fc.constant(noticed),
    expectedSeq: fc.integer({ min: 1, max: 3 }),
    note: fc.constant(""),
  }),
  fc.record({ kind: fc.constant("lapse" as const), afterMs: fc.integer({ min: 0, max: 1_200_000_000 }) }),
);

function after(claim: ExclusionClaim, step: ClaimEvent | { kind: "lapse"; afterMs: number }): ExclusionClaim {
  if (step.kind === "lapse") return lapse(claim, noticed + step.afterMs, RULES);
  const result = moveClaim(claim, step);
  return result.kind === "done" ? result.claim : claim;
}

describe("any history of a claim", () => {
  it("counts its steps without a gap, never loses one, and ends in its first final state", () => {
    fc.assert(
      fc.property(actor, fc.array(event, { maxLength: 8 }), (by, steps) => {
        let claim = opened({ by });
        for (const step of steps) {
          const before = claim;
          claim = after(before, step);
          expect(claim.seq).toBe(claim.steps.length);
          expect(claim.steps.slice(0, before.steps.length)).toEqual(before.steps);
          if (before.state !== "claimed") expect(claim).toBe(before);
        }
        expect(ExclusionClaim.parse(claim)).toEqual(claim);
      }),
      { numRuns: 1000 },
    );
  });

  it("is never decided by the party that claims, and never accepts more than was claimed", () => {
    fc.assert(
      fc.property(actor, fc.array(event, { maxLength: 8 }), (by, steps) => {
        const claim = steps.reduce(after, opened({ by }));
        const last = claim.steps.at(-1);
        if (["accepted", "partly", "rejected"].includes(claim.state) && last?.by !== null) expect(last?.by.party).not.toBe(by.party);
        for (const { fromMs, toMs } of claim.accepted) {
          expect(window.fromMs <= fromMs && fromMs < toMs && toMs <= window.toMs).toBe(true);
        }
        expect(claim.accepted.length > 0).toBe(claim.state === "accepted" || claim.state === "partly");
      }),
      { numRuns: 1000 },
    );
  });
});
