import { describe, expect, it } from "vitest";
import type { ExclusionClaim } from "../../../../shared/settlement/claim.ts";
import { openClaim } from "../../../../shared/settlement/claim-transition.ts";
import type { TerminationProgress } from "../../../../shared/settlement/settlement.ts";
import type { SettlementVersion } from "../../../../shared/settlement/version.ts";
import { dayMs, history, PLAIN, settled, targetText, versionOf } from "./money-case.ts";

function terminating(clause: object, targets: readonly object[] = [targetText("sl")]): SettlementVersion {
  return versionOf({ credits: PLAIN, targets, termination: [{ id: "chronic", notice: "P60D", ...clause }] });
}

function progress(version: SettlementVersion, letters: string, nowMs?: number): TerminationProgress | undefined {
  return settled(version, history(letters), nowMs === undefined ? {} : { nowMs }).terminations[0];
}

describe("the right to terminate", () => {
  const chronic = terminating({ when: "same-target", times: 3, within: 6 });

  it.each([
    ["mmm", 0, false],
    ["dmd", 2, false],
    ["dmdmmd", 3, true],
    ["dmdmmmd", 2, false],
    ["dxd", 3, true],
  ])("for the same target, 3 times in 6, stands after %s at %i: %s", (letters, count, triggered) => {
    expect(progress(chronic, letters)).toMatchObject({ count, needed: 3, triggered });
  });

  it("names the periods that count, and gives notice until 60 days after the last of them", () => {
    const found = progress(chronic, "dmdd");
    expect(found).toMatchObject({ targetId: "sl", periods: ["2026-01-01", "2026-03-01", "2026-04-01"] });
    expect(found?.noticeUntilMs).toBe(dayMs("2026-05-01", 60));
    expect(found?.says).toBe("Target sl: 3 of 3 defaults within 6 months");
  });

  it("once it arose stays until its notice has run out, although the newest periods were better", () => {
    const nowMs = dayMs("2026-05-01", 59);
    expect(progress(chronic, "dddmmmm", nowMs)).toMatchObject({ noticeUntilMs: dayMs("2026-04-01", 60), count: 2 });
    expect(progress(chronic, "dddmmmm", dayMs("2026-04-01", 60) - 1)?.triggered).toBe(true);
    expect(progress(chronic, "dddmmmm", dayMs("2026-04-01", 60))?.triggered).toBe(false);
  });

  it("does not add different targets", () => {
    const version = terminating({ when: "same-target", times: 2, within: 2 }, [targetText("sl"), targetText("aht")]);
    const settlement = settled(version, [...history("dm"), ...history("md", "aht")]);
    expect(settlement.terminations.map(({ targetId, count, triggered }) => [targetId, count, triggered])).toEqual([
      ["sl", 1, false],
      ["aht", 1, false],
    ]);
  });

  it.each([
    ["ddm", 2, true],
    ["dmm", 1, false],
  ])("for credits that reach the amount at risk stands after %s at %i: %s", (letters, count, triggered) => {
    const version = terminating({ when: "cap-reached", times: 2, within: 4 });
    expect(progress(version, letters)).toMatchObject({ targetId: null, count, triggered });
  });

  it.each([
    ["xx", 2, true],
    ["xdx", 1, false],
    ["xxd", 0, true],
    ["xmx", 1, false],
  ])("for months in a row beyond the minimum stands after %s at %i: %s", (letters, count, triggered) => {
    const version = terminating({ when: "below-minimum", times: 2 });
    expect(progress(version, letters)).toMatchObject({ count, triggered });
  });

  it.each([
    ["dmd", true],
    ["dmm", false],
    ["dd", false],
    ["dnd", false],
  ])("for the figure over 3 months, sums first, beyond 78 %% is after %s: %s", (letters, triggered) => {
    const version = terminating({ when: "rolling", target: "sl", within: 3, beyond: "78 %" });
    expect(progress(version, letters)?.triggered).toBe(triggered);
    expect(progress(version, letters)?.says).toBe(`Target sl: the figure over 3 months together is ${triggered ? "" : "not "}beyond 78 %`);
  });

  it("for credits that reach the amount at risk needs the whole of it", () => {
    const half = { ...PLAIN, scheme: { kind: "allocation", categories: [{ id: "all", pool: "99 %", targets: { sl: "100 %" } }] } };
    const version = versionOf({ credits: half, termination: [{ id: "cap", when: "cap-reached", times: 1, within: 4, notice: "P60D" }] });
    expect(progress(version, "dd")).toMatchObject({ count: 0, triggered: false, noticeUntilMs: null });
  });

  it("for credits that reach the amount at risk never arises where nothing is at risk", () => {
    const version = versionOf({ termination: [{ id: "cap", when: "cap-reached", times: 1, within: 4, notice: "P60D" }] });
    expect(progress(version, "dd")).toMatchObject({ count: 0, triggered: false });
  });

  it("for the figure over months needs a verdict of each", () => {
    const version = terminating({ when: "rolling", target: "sl", within: 3, beyond: "78 %" }, [targetText("sl"), targetText("aht")]);
    const verdicts = [...history("ddd").filter((_, i) => i !== 1), ...history("mmm", "aht")];
    expect(settled(version, verdicts).terminations[0]?.triggered).toBe(false);
  });

  it("does not watch objectives", () => {
    const version = terminating({ when: "same-target", times: 1, within: 1 }, [targetText("sl", { class: "objective" })]);
    expect(settled(version, history("d")).terminations).toEqual([]);
  });

  it("does not count a period that is still open", () => {
    const verdicts = history("ddd").map((verdict, i) =>
      i === 2 ? { ...verdict, window: { ...verdict.window, open: true }, default: null } : verdict,
    );
    expect(settled(chronic, verdicts).terminations[0]).toMatchObject({ count: 2, triggered: false });
  });
});

const RULES = { kinds: ["client-outage"], noticeWithin: "P5D", decideWithin: "P10D", undecided: "lapsed" } as const;

function openedClaim(): ExclusionClaim {
  const by = { id: "p", name: "Pia", party: "provider" } as const;
  const window = { fromMs: dayMs("2026-01-30"), toMs: dayMs("2026-01-31") };
  const demand = {
    id: "c1",
    kind: "client-outage",
    targets: "all",
    window,
    evidence: "",
    mitigation: "",
    by,
    atMs: dayMs("2026-02-01"),
  } as const;
  const result = openClaim(demand, { rules: { ...RULES, kinds: [...RULES.kinds] }, timeZone: "UTC" });
  if (result.kind === "refused") throw new Error(result.why);
  return result.claim;
}

describe("the deadlines", () => {
  const version = versionOf({
    credits: PLAIN,
    exclusions: RULES,
    deadlines: { reportWithin: "P5D", claimCreditWithin: "P15D", disputeWithin: "PT48H" },
    termination: [{ id: "chronic", when: "same-target", times: 1, within: 3, notice: "P60D" }],
  });

  it("each name who must act, on what, until when and for how much, the next one first", () => {
    const { deadlines } = settled(version, history("d"), { claims: [openedClaim()], nowMs: dayMs("2026-02-03") });
    expect(
      deadlines.map(({ kind, party, dueAtMs, lapsed, amount }) => [kind, party, new Date(dueAtMs).toISOString(), lapsed, amount]),
    ).toEqual([
      ["dispute", "provider", "2026-02-03T00:00:00.000Z", true, 1_000_000],
      ["exclusion-notice", "provider", "2026-02-06T00:00:00.000Z", false, 1_000_000],
      ["report", "provider", "2026-02-06T00:00:00.000Z", false, null],
      ["exclusion-decision", "client", "2026-02-12T00:00:00.000Z", false, null],
      ["claim-credit", "client", "2026-02-16T00:00:00.000Z", false, 1_000_000],
      ["termination-notice", "client", "2026-04-02T00:00:00.000Z", false, null],
    ]);
    expect(deadlines.map(({ says }) => says)).toContain("Claim the credit of USD 10,000 for January 2026");
    expect(deadlines.map(({ says }) => says)).toContain("Decide claim c1 (client outage); undecided it counts as lapsed");
  });

  it("of a month that cost nothing are the report and the client's dispute", () => {
    const { deadlines } = settled(version, history("m"));
    expect(deadlines.map(({ kind, party, amount }) => [kind, party, amount])).toEqual([
      ["dispute", "client", null],
      ["report", "provider", null],
    ]);
  });

  it("of an open month are only its coming report", () => {
    const verdicts = history("d").map((verdict) => ({ ...verdict, window: { ...verdict.window, open: true }, default: null }));
    expect(settled(version, verdicts).deadlines.map(({ kind }) => kind)).toEqual(["report"]);
  });

  it("stay in the list for 31 days after they lapsed", () => {
    const at = (nowMs: number): string[] => settled(version, history("d"), { nowMs }).deadlines.map(({ kind }) => kind);
    expect(at(dayMs("2026-02-16", 31) - 1)).toContain("claim-credit");
    expect(at(dayMs("2026-02-16", 31))).not.toContain("claim-credit");
  });

  it("show a right to terminate that was let go, and no claim that was decided", () => {
    const chronic = terminating({ when: "same-target", times: 1, within: 1, notice: "P20D" });
    const { deadlines } = settled(chronic, history("dm"), { claims: [{ ...openedClaim(), state: "rejected" }] });
    expect(deadlines.map(({ kind, dueAtMs, lapsed }) => [kind, dueAtMs, lapsed])).toEqual([
      ["termination-notice", dayMs("2026-02-21"), true],
    ]);
  });

  it("of credits that were earned back are gone", () => {
    const back = versionOf({
      credits: PLAIN,
      deadlines: { claimCreditWithin: "P90D" },
      earnBack: { rule: { by: "consecutive", periods: 1 } },
    });
    expect(settled(back, history("dm")).deadlines).toEqual([]);
  });
});

describe("a proposed level", () => {
  function proposed(improvement: object, figures: readonly (readonly [number, number])[], target: object = {}): string | undefined {
    const version = versionOf({ targets: [targetText("sl", target)], improvement: { targets: ["sl"], ...improvement } });
    const verdicts = history("m".repeat(figures.length)).map((verdict, i) => {
      const [num, den] = figures[i] ?? [0, 1];
      return { ...verdict, value: { num, den } };
    });
    return settled(version, verdicts).proposals[0]?.to;
  }

  const steady = (num: number, den = 100, months = 12): [number, number][] => Array.from({ length: months }, () => [num, den]);

  it("needs twelve months that all beat the level, exactly on it is not enough", () => {
    expect(proposed({ formula: { by: "halfway" } }, steady(88, 100, 11))).toBeUndefined();
    expect(proposed({ formula: { by: "halfway" } }, [...steady(88, 100, 11), [80, 100]])).toBeUndefined();
    expect(proposed({ formula: { by: "halfway" } }, [...steady(88, 100, 11), [81, 100]])).toBe("83.71 %");
  });

  it("weighs months by their contacts", () => {
    expect(proposed({ formula: { by: "halfway" } }, [...steady(90, 100, 11), [8100, 10_000]])).toBe("80.95 %");
  });

  it("is the figure of the best months together", () => {
    const figures = [...steady(78, 100, 8), ...steady(90, 100, 2), ...steady(94, 100, 2)];
    expect(proposed({ formula: { by: "average-of-best", best: 4 } }, figures)).toBe("92 %");
    expect(proposed({ formula: { by: "average-of-best", best: 12 } }, steady(79))).toBeUndefined();
  });

  it("rises by no more than the agreed share of what is left to 100 %", () => {
    expect(proposed({ formula: { by: "halfway" }, mostOfGap: "10 %" }, steady(88))).toBe("82 %");
  });

  it("of a handle time falls", () => {
    const target = { measure: { metric: "aht" }, direction: "at-most", expected: "400 s" };
    expect(proposed({ formula: { by: "halfway" } }, steady(38_000_001, 100), target)).toBe("390 s");
    expect(proposed({ formula: { by: "average-of-best", best: 1 } }, [...steady(41_000_000, 100, 11), [35_000_000, 100]], target)).toBe(
      "350 s",
    );
  });
});
