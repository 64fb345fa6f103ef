import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnsweredCall, agentDaysOf } from "../../../../shared/drift/agent-days.ts";
import { agentFunnel } from "../../../../shared/drift/agent-funnel.ts";
import { clusteredTail } from "../../../../shared/drift/clustered-tail.ts";
import { falseDiscoveryRates } from "../../../../shared/drift/false-discovery.ts";
import { overDispersion } from "../../../../shared/drift/over-dispersion.ts";
import { type RandomStream, randomStream } from "../../../../shared/stats/random.ts";
import { bankCalls } from "../../../support/bank-calls.ts";
import { drawFloor, type FloorOptions } from "../../../support/floor.ts";
import { HAS_REAL_DATA } from "../../../support/real-data.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";
const EQUAL = Array.from({ length: 25 }, () => 1);
const FLOOR: FloorOptions = { agents: 25, days: 15, calls: 70, share: 0.02, alike: 120, steady: 80 };

function namedIn(floor: FloorOptions, seed: string): string[] {
  const { agents } = agentFunnel(drawFloor(randomStream(seed), floor));
  return agents.filter(({ verdict }) => verdict === "named").map(({ agent }) => agent);
}

/** Fisher and Yates. */
function shuffled<T>(items: readonly T[], stream: RandomStream): T[] {
  const copy = [...items];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(stream.next() * (i + 1));
    const [a, b] = [copy[i], copy[j]];
    if (a !== undefined && b !== undefined) [copy[i], copy[j]] = [b, a];
  }
  return copy;
}

describe("the parts of the agents' funnel", () => {
  it("over-dispersion of the ten days of Laney's chart is 1.22660974 and 0.0000852444", () => {
    const n = [400, 420, 380, 410, 395, 405, 430, 390, 415, 400];
    const x = [40, 55, 30, 48, 36, 52, 45, 33, 50, 41];
    const p = x.reduce((a, b) => a + b, 0) / n.reduce((a, b) => a + b, 0);
    const precisions = n.map((size) => size / (p * (1 - p)));
    const z = x.map((value, i) => (value / (n[i] ?? 1) - p) * Math.sqrt(precisions[i] ?? 1));
    const { phi, tau2 } = overDispersion(z, precisions, 0);
    expect(phi).toBeCloseTo(1.2266097417979653, 12);
    expect(tau2).toBeCloseTo(8.524442411878873e-5, 15);
  });

  it("four guilty of twenty-five widen the winsorised spread as little as four that are just far out", () => {
    const honest = Array.from({ length: 21 }, (_, i) => (i - 10) / 5);
    const spread = (guilty: number): number => overDispersion([...honest, ...Array.from({ length: 4 }, () => guilty)], EQUAL, 0.2).phi;
    expect(spread(1000)).toBe(spread(2));
    expect(overDispersion([...honest, 10, 10, 10, 10], EQUAL, 0).phi).toBeGreaterThan(5 * spread(10));
  });

  it("false-discovery rates are those of Benjamini and Hochberg and never fall below their p", () => {
    expect(falseDiscoveryRates([0.5, 0.01, 0.03, 0.02])).toEqual([0.5, 0.04, 0.04, 0.04]);
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (p) => {
        const q = falseDiscoveryRates(p);
        expect(q.every((value, i) => value >= (p[i] ?? 1) - 1e-15 && value <= 1)).toBe(true);
      }),
    );
  });

  it("the tail of independent trials is the binomial one: 9 or more of 10 at 1 / 2 is 11 / 1,024", () => {
    expect(clusteredTail({ events: 9, n: 10, share: 0.5, variance: 0.025 })).toBeCloseTo(11 / 1024, 6);
  });

  it("a tail never grows with more events and never shrinks with more variance beyond the mean's neighbourhood", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 300 }),
        fc.double({ min: 0.01, max: 0.6, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (n, share, k) => {
          const tails = Array.from({ length: n + 1 }, (_, events) =>
            clusteredTail({ events, n, share, variance: (k * share * (1 - share)) / n }),
          );
          expect(tails.every((tail, i) => i === 0 || tail <= (tails[i - 1] ?? 1) + 1e-12)).toBe(true);
          expect(tails[0]).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: FULL ? 300 : 30 },
    );
  });
});

describe("an agent who hangs up on callers", () => {
  it("is named among honest colleagues who differ, and nobody else is", () => {
    const rounds = FULL ? 400 : 12;
    const found = Array.from({ length: rounds }, (_, i) => namedIn({ ...FLOOR, hungUp: [0.12, 0.12] }, `power-${i}`));
    const both = found.filter((names) => names.includes("agent-0") && names.includes("agent-1")).length;
    expect(both / rounds).toBeGreaterThanOrEqual(0.9);
    expect(found.flat().filter((name) => name !== "agent-0" && name !== "agent-1")).toEqual([]);
  });

  it("is named in less than one honest month in a thousand, however much honest agents and days differ", () => {
    const rounds = FULL ? 2000 : 24;
    const floors: FloorOptions[] = [
      FLOOR,
      { ...FLOOR, alike: 40, steady: 30 },
      { ...FLOOR, alike: 1e5, steady: 1e5 },
      { ...FLOOR, agents: 10, days: 22, share: 0.05 },
    ];
    for (const [at, floor] of floors.entries()) {
      const wrong = Array.from({ length: rounds }, (_, i) => namedIn(floor, `honest-${at}-${i}`)).filter(
        (names) => names.length > 0,
      ).length;
      // Of 2,000 months 2 are expected at the very most; 7 or more would come with probability 0.5 %.
      expect(wrong).toBeLessThanOrEqual(FULL ? 6 : 0);
    }
  });

  it("cannot be told where there are fewer than eight colleagues, or with fewer than 100 calls or 4 days", () => {
    expect(agentFunnel(drawFloor(randomStream("few"), { ...FLOOR, agents: 7, hungUp: [0.5] })).judged).toBe(0);
    const some = drawFloor(randomStream("little"), { ...FLOOR, hungUp: [0.5, 0.5] });
    const cut = some.filter(({ agent, day }) => (agent === "agent-0" ? day === "2026-10-01" : agent !== "agent-1" || day <= "2026-10-03"));
    const { agents } = agentFunnel(cut);
    expect(
      agents
        .filter(({ verdict }) => verdict === "too-little")
        .map(({ agent }) => agent)
        .toSorted(),
    ).toEqual(["agent-0", "agent-1"]);
    expect(agents.some(({ verdict }) => verdict === "named")).toBe(false);
  });

  it("is the same agent whatever the order of the days", () => {
    const cells = drawFloor(randomStream("order"), { ...FLOOR, hungUp: [0.12] });
    const names = (of: typeof cells): string[] =>
      agentFunnel(of)
        .agents.filter(({ verdict }) => verdict === "named")
        .map(({ agent }) => agent);
    expect(names(shuffled(cells, randomStream("other order")))).toEqual(names(cells));
  });

  it("is not looked for in queues in which every agent's calls are short", () => {
    const floor = drawFloor(randomStream("call-backs"), FLOOR);
    const backs = floor.map((cell) => ({ ...cell, queue: "call-backs", n: 20, short: cell.agent === "agent-3" ? 20 : 9, next: 1 }));
    const { leftOut, agents } = agentFunnel([...floor, ...backs]);
    expect(leftOut).toEqual(["call-backs"]);
    expect(agents.some(({ verdict }) => verdict === "named")).toBe(false);
  });
});

describe.skipIf(!HAS_REAL_DATA)("real data: who hangs up on the bank's callers in January 1999", async () => {
  const { calls, nobodys } = HAS_REAL_DATA ? await bankCalls() : { calls: [], nobodys: 0 };
  const funnel = agentFunnel(agentDaysOf(calls));
  const named = funnel.agents.filter(({ verdict }) => verdict === "named");

  it("judges 25 agents by 26,570 answered calls; 490 were served by nobody, call-backs are usually short", () => {
    expect({ calls: calls.length, nobodys, judged: funnel.judged, leftOut: funnel.leftOut }).toEqual({
      calls: 26_570,
      nobodys: 490,
      judged: 25,
      leftOut: ["TT"],
    });
  });

  it("names three: 230 of 1,359, 67 of 588 and 84 of 1,369 calls under ten seconds, wrongly with less than 4 in 10,000 each", () => {
    expect(named.map(({ short, n, next }) => ({ short, n, next }))).toEqual([
      { short: 230, n: 1359, next: 25 },
      { short: 67, n: 588, next: 8 },
      { short: 84, n: 1369, next: 22 },
    ]);
    expect(named.every(({ chance, discovery }) => chance < 4e-4 && discovery < 0.08)).toBe(true);
  });

  it("accuses nobody else at 1 in 1,000: the next would be wrong with 14 in 100", () => {
    const others = funnel.agents.filter(({ verdict }) => verdict !== "named");
    expect(others).toHaveLength(25);
    expect(Math.min(...others.map(({ chance }) => chance))).toBeGreaterThan(0.14);
    expect(
      others
        .filter(({ verdict }) => verdict === "too-little")
        .map(({ n }) => n)
        .toSorted((a, b) => a - b),
    ).toEqual([2, 3, 64]);
  });

  it("names nobody when the names of agents are dealt out anew among the calls of a day and queue", () => {
    const groups = [...Map.groupBy(calls, ({ day, queue }) => `${day} ${queue}`).values()];
    const dealt = (seed: string): AnsweredCall[] => {
      const stream = randomStream(seed);
      return groups.flatMap((own) => {
        const names = shuffled(
          own.map(({ agent }) => agent),
          stream,
        );
        return own.map((call, i) => ({ ...call, agent: names[i] ?? call.agent }));
      });
    };
    const rounds = FULL ? 1000 : 6;
    const accused = Array.from({ length: rounds }, (_, i) => agentFunnel(agentDaysOf(dealt(`deal-${i}`)))).filter(({ agents }) =>
      agents.some(({ verdict }) => verdict === "named"),
    );
    if (FULL) console.info(`${accused.length} of ${rounds} deals accuse somebody`);
    expect(accused.length).toBeLessThanOrEqual(FULL ? 1 : 0);
  });

  it("names nobody when whole days of the others are dealt out anew among them, so that bad days stay bad", () => {
    const names = new Set(named.map(({ agent }) => agent));
    const days = [
      ...Map.groupBy(
        calls.filter(({ agent }) => !names.has(agent)),
        ({ agent, day }) => `${agent} ${day}`,
      ).values(),
    ];
    const owners = days.map((own) => own[0]?.agent ?? "");
    const rounds = FULL ? 1000 : 6;
    const accused = Array.from({ length: rounds }, (_, i) => {
      const dealt = shuffled(owners, randomStream(`days-${i}`));
      // Two days of one date that one agent is dealt stay two clusters.
      const cells = days.flatMap((own, at) => own.map((call) => ({ ...call, day: `${call.day} ${at}`, agent: dealt[at] ?? "" })));
      return agentFunnel(agentDaysOf(cells));
    }).filter(({ agents }) => agents.some(({ verdict }) => verdict === "named"));
    if (FULL) console.info(`${accused.length} of ${rounds} deals accuse somebody`);
    expect(accused.length).toBeLessThanOrEqual(FULL ? 1 : 0);
  });
});
