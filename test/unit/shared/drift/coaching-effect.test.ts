import { describe, expect, it } from "vitest";
import type { CoachingEffect } from "../../../../shared/drift/coaching.ts";
import { type CoachedCell, coachingEffect } from "../../../../shared/drift/coaching-effect.ts";
import {
  coachingKindWords,
  cohortWords,
  effectWords,
  groupWords,
  innocentWords,
  isBetter,
} from "../../../../shared/drift/coaching-words.ts";
import { drawBinomial, drawNormal, drawPoisson } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";
import { studentTQuantile } from "../../../../shared/stats/student-t.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
const RUNS = FULL ? 40_000 : 1000;
const MINUTE_MS = 60_000;

function cell(cluster: string, group: CoachedCell["group"], period: CoachedCell["period"], num: number, n = 100): CoachedCell {
  return { cluster, group, period, n, num, sample: n };
}

/** One agent of a group who changes by so much on a hundred cases. */
function agent(group: CoachedCell["group"], name: string, [before, after]: readonly [number, number]): CoachedCell[] {
  return [cell(`${group} ${name}`, group, "before", before), cell(`${group} ${name}`, group, "after", after)];
}

const COHORT = [12, 3, 8, -2, 9, 6];
const OTHERS = [1, -3, 2, 0, 4];

function worldOf(seed: string, by: "agent" | "day", effect: number): CoachedCell[] {
  const stream = randomStream(seed);
  const share = (level: number): number => Math.min(0.95, Math.max(0.01, level));
  if (by === "day")
    return (["before", "after"] as const).flatMap((period) =>
      Array.from({ length: 20 }, (_, at) => at).flatMap((day) => {
        const shock = 0.05 * drawNormal(stream);
        return (["cohort", "others"] as const).map((group) => {
          const n = 60 + drawPoisson(stream, group === "cohort" ? 60 : 300);
          const level = 0.2 + shock + 0.015 * drawNormal(stream) + (period === "after" && group === "cohort" ? effect : 0);
          return cell(`${period} ${day}`, group, period, drawBinomial(stream, n, share(level)), n);
        });
      }),
    );
  return (["cohort", "others"] as const).flatMap((group) =>
    Array.from({ length: group === "cohort" ? 14 : 40 }, (_, at) => at).flatMap((who) => {
      const [own, volume] = [0.15 + 0.04 * drawNormal(stream), 20 + 80 * stream.next()];
      return (["before", "after"] as const).map((period) => {
        const n = 1 + drawPoisson(stream, volume);
        const moved = period === "after" ? 0.02 + (group === "cohort" ? effect : 0) : 0;
        return cell(`${group} ${who}`, group, period, drawBinomial(stream, n, share(own + moved + 0.02 * drawNormal(stream))), n);
      });
    }),
  );
}

function covered(by: "agent" | "day", effect: number): number {
  const found = Array.from({ length: RUNS }, (_, run) => coachingEffect(worldOf(`coaching ${by} ${effect} ${run}`, by, effect), by));
  return found.filter((each) => typeof each !== "string" && each.low <= effect && each.high >= effect).length / RUNS;
}

describe("the effect of coaching", () => {
  it("is the change of the cohort less that of the others; with equal volumes, exactly Welch's interval of the agents' changes", () => {
    const cells = [
      ...COHORT.flatMap((change, at) => agent("cohort", String(at), [50, 50 + change])),
      ...OTHERS.flatMap((change, at) => agent("others", String(at), [60, 60 + change])),
    ];
    const found = coachingEffect(cells, "agent");
    const groups = [COHORT, OTHERS].map((changes) => {
      const mean = changes.reduce((sum, each) => sum + each, 0) / changes.length;
      const variance = changes.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (changes.length - 1) / changes.length;
      return { mean, variance, df: changes.length - 1 };
    });
    const error = groups.reduce((sum, { variance }) => sum + variance, 0);
    const df = error ** 2 / groups.reduce((sum, group) => sum + group.variance ** 2 / group.df, 0);
    const difference = ((groups[0]?.mean ?? 0) - (groups[1]?.mean ?? 0)) / 100;
    const half = (studentTQuantile(0.95, df) * Math.sqrt(error)) / 100;
    expect(found).toMatchObject({ clusters: { cohort: 6, others: 5 }, cohort: { before: 0.5, sample: 1200 } });
    if (typeof found === "string") throw new Error(found);
    expect([found.difference, found.low, found.high]).toEqual(
      [difference, difference - half, difference + half].map((each): unknown => expect.closeTo(each, 12)),
    );
  });

  it(
    "is found around the planted one in nine of ten cases, by agent and by day, with none and with some",
    () => {
      // Three standard errors of the simulation.
      const error = 3 * Math.sqrt((0.9 * 0.1) / RUNS);
      for (const share of [covered("agent", 0), covered("agent", -0.05), covered("day", 0), covered("day", 0.04)])
        expect(Math.abs(share - 0.9)).toBeLessThanOrEqual(error);
    },
    FULL ? 5 * MINUTE_MS : MINUTE_MS / 2,
  );

  it("of some four standard errors is told from none", () => {
    const told = Array.from({ length: 100 }, (_, run) => coachingEffect(worldOf(`told ${run}`, "agent", -0.1), "agent"));
    expect(told.filter((each) => typeof each !== "string" && each.high < 0).length).toBeGreaterThan(95);
  });

  it("leaves out who comes or goes, for that changes a group without anybody changing", () => {
    const stayed = [
      ...COHORT.flatMap((change, at) => agent("cohort", String(at), [50, 50 + change])),
      ...OTHERS.flatMap((change, at) => agent("others", String(at), [60, 60 + change])),
    ];
    const moved = [...stayed, cell("leaver", "cohort", "before", 1), cell("entrant", "others", "after", 99)];
    expect(coachingEffect(moved, "agent")).toEqual(coachingEffect(stayed, "agent"));
  });

  it("is not said of too few agents, days or cases, and which these are is", () => {
    const four = COHORT.slice(0, 4).flatMap((change, at) => agent("cohort", String(at), [50, 50 + change]));
    const others = OTHERS.flatMap((change, at) => agent("others", String(at), [60, 60 + change]));
    expect(coachingEffect([...four, ...others], "agent")).toBe(
      "Too early to say: 4 of 5 agents with figures before and after among those who were coached.",
    );
    expect(coachingEffect(others, "agent")).toBe("Nothing to compare: those who were coached have no figures before the start.");
    const small = worldOf("small", "agent", 0).map((each) => ({ ...each, sample: each.group === "cohort" ? 1 : each.n }));
    expect(coachingEffect(small, "agent")).toBe("Too early to say: 14 of 30 cases on one side of the comparison.");
    const days = worldOf("days", "day", 0).filter(({ cluster }) => Number(cluster.split(" ")[1]) < 9);
    expect(coachingEffect(days, "day")).toBe("Too early to say: 9 of 10 days with figures among those who were coached.");
  });
});

describe("what is said of coaching", () => {
  const measured = (
    difference: number,
    half: number,
    own: number,
    worse: "up" | "down" = "up",
  ): Extract<CoachingEffect, { state: "measured" }> => ({
    state: "measured",
    difference,
    low: difference - half,
    high: difference + half,
    cohort: { before: 0.2, after: 0.2 + own, sample: 400 },
    others: { before: 0.15, after: 0.15 + own - difference, sample: 900 },
    clusters: { by: "agent", cohort: 14, others: 40 },
    unit: "ratio",
    worse,
    to: "2026-10-27",
  });

  it("names direction, size against the others and limits; and that nothing can be told apart where chance may have done it", () => {
    const says = (difference: number, half: number, own: number) => effectWords(measured(difference, half, own)).replaceAll("\u00a0", " ");
    expect(says(-0.012, 0.009, -0.02)).toBe("fell by 1.2 pp more than that of the others (90 %: 0.3 pp to 2.1 pp)");
    expect(says(-0.012, 0.009, 0.02)).toBe("rose by 1.2 pp less than that of the others (90 %: 0.3 pp to 2.1 pp)");
    expect(says(0.03, 0.01, 0.02)).toBe("rose by 3.0 pp more than that of the others (90 %: 2.0 pp to 4.0 pp)");
    expect(says(0.012, 0.02, 0.02)).toBe(
      "cannot be told apart from that of the others so far: +1.2 pp against theirs (90 %: −0.8 pp to +3.2 pp)",
    );
  });

  it("is better or worse by the agreed direction, and neither where chance may have done it", () => {
    expect([measured(-0.012, 0.009, 0), measured(-0.012, 0.009, 0, "down"), measured(-0.012, 0.02, 0)].map(isBetter)).toEqual([
      true,
      false,
      null,
    ]);
    expect(groupWords(measured(-0.012, 0.009, -0.02)).replaceAll("\u00a0", " ")).toBe("Coached 20.0 % to 18.0 %, others 15.0 % to 14.2 %");
  });

  it("names the return to the mean where those were coached who were worse", () => {
    expect(innocentWords(measured(-0.012, 0.009, -0.02))).toContain("regression to the mean");
    expect(innocentWords(measured(-0.012, 0.009, -0.02, "down"))).not.toContain("regression to the mean");
  });

  it("names whom it reached", () => {
    expect(coachingKindWords("side-by-side")).toBe("side by side");
    expect(cohortWords({ joinedAfter: "2026-08-17" })).toBe("agents who joined after 17 Aug");
    expect(cohortWords({ agents: ["a", "b"], queues: ["claims"] })).toBe("2 agents, in claims");
    expect(cohortWords({ queues: ["claims", "motor"] })).toBe("queues claims, motor");
    expect(cohortWords({ queues: ["a", "b", "c", "d"] })).toBe("4 queues");
  });
});
