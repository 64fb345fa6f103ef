import { describe, expect, it } from "vitest";
import { type EvaluatedCell, evaluatorEffect } from "../../../../shared/drift/evaluator-effect.ts";
import { drawNormal } from "../../../../shared/stats/random-draws.ts";
import { randomStream } from "../../../../shared/stats/random.ts";

const EVALUATORS = ["Ada", "Ben", "Cem"];
const STRICT: Readonly<Record<string, number>> = { Ada: 0.02, Ben: 0, Cem: -0.06 };
const WORLDS = process.env.ACCORD_TESTS === "full" ? 1000 : 40;

interface World {
  readonly seed: string;
  /** How an agent's work is worth more or less since, and how an evaluator gives more or less since. */
  readonly team?: (agent: number) => number;
  readonly own?: (evaluator: string) => number;
  /** How often an evaluator scores since, against the others. */
  readonly weight?: (evaluator: string) => number;
}

/** Twelve agents, each scored some eight times in each window by evaluators drawn at random, each form worth 100 points. */
function cellsOf({ seed, team = () => 0, own = () => 0, weight = () => 1 }: World): EvaluatedCell[] {
  const stream = randomStream(`evaluators ${seed}`);
  const worth = Array.from({ length: 12 }, () => 0.85 + 0.04 * drawNormal(stream));
  const cells = new Map<string, EvaluatedCell>();
  for (const window of [0, 1] as const) {
    const weights = EVALUATORS.map((name) => (window === 0 ? 1 : weight(name)));
    const whole = weights.reduce((sum, value) => sum + value, 0);
    for (let i = 0; i < 96; i++) {
      const agent = i % 12;
      let drawn = stream.next() * whole;
      const evaluator = EVALUATORS.find((_, at) => (drawn -= weights[at] ?? 0) < 0) ?? "Ada";
      const since = window === 0 ? 0 : team(agent) + own(evaluator);
      const given = 100 * ((worth[agent] ?? 0) + (STRICT[evaluator] ?? 0) + since + 0.06 * drawNormal(stream));
      const name = `${window} ${agent} ${evaluator}`;
      const was = cells.get(name) ?? { window, subject: `Agent ${agent}`, evaluator, n: 0, num: 0, sample: 0 };
      cells.set(name, { ...was, n: was.n + 100, num: was.num + given, sample: was.sample + 1 });
    }
  }
  return [...cells.values()];
}

function blamed(world: Omit<World, "seed">): number {
  return Array.from({ length: WORLDS }, (_, i) => evaluatorEffect(cellsOf({ ...world, seed: String(i) }))).filter((found) => found !== null)
    .length;
}

describe("those who score", () => {
  it("explain a fall when one of them gives less for the same work, who is named with the size of it", () => {
    const found = evaluatorEffect(cellsOf({ seed: "cem", own: (name) => (name === "Cem" ? -0.12 : 0) }));
    expect(found?.evaluator).toBe("Cem");
    expect(Math.abs((found?.shift ?? 0) + 0.12)).toBeLessThan(0.04);
    expect(Math.abs((found?.amount ?? 0) - (found?.change ?? 0))).toBeLessThan(0.02);
    expect(found?.chance).toBeLessThan(1e-4);
  });

  it("explain a fall when the strict one scores much more than before, without anybody having moved", () => {
    const found = evaluatorEffect(cellsOf({ seed: "mix", weight: (name) => (name === "Cem" ? 8 : 0.5) }));
    expect(found).toMatchObject({ evaluator: null, shift: 0 });
    expect(found?.amount).toBeLessThan(-0.02);
  });

  it("explain nothing that the team did: neither a fall of all agents nor of four of them", () => {
    expect(blamed({ team: () => -0.04 }) / WORLDS).toBeLessThanOrEqual(0.02);
    expect(blamed({ team: (agent) => (agent < 4 ? -0.12 : 0) }) / WORLDS).toBeLessThanOrEqual(0.02);
    expect(blamed({}) / WORLDS).toBeLessThanOrEqual(0.05);
  }, 60_000);

  it("are found in nine of ten such falls", () => {
    expect(blamed({ own: (name) => (name === "Cem" ? -0.12 : 0) }) / WORLDS).toBeGreaterThan(0.85);
    expect(blamed({ weight: (name) => (name === "Cem" ? 8 : 0.5) }) / WORLDS).toBeGreaterThan(0.9);
  }, 60_000);

  it("cannot be told from the team where all of them moved, where there is one, or where each scores other people", () => {
    expect(evaluatorEffect(cellsOf({ seed: "all", own: () => -0.08 }))).toBeNull();
    const cells = cellsOf({ seed: "one", own: () => -0.08 });
    expect(evaluatorEffect(cells.filter(({ evaluator }) => evaluator === "Ada"))).toBeNull();
    expect(evaluatorEffect(cells.filter(({ subject, evaluator }) => EVALUATORS[subject.length % 2] === evaluator))).toBeNull();
    expect(evaluatorEffect([])).toBeNull();
  });
});
