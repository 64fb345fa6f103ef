import { describe, expect, it } from "vitest";
import { advance } from "../../../../workers/simulate/advance.ts";
import { type HandIn, handIn } from "../../../../workers/simulate/hand-in.ts";
import { beginSimulation, Simulation } from "../../../../workers/simulate/simulation.ts";

const NOW_S = Date.UTC(2026, 10, 21, 6) / 1000;
const PAST = { live: false, pastEndsS: NOW_S } as const;

function history(days: number, chunks: number): { simulation: Simulation; files: HandIn[] } {
  let simulation = beginSimulation("test", NOW_S - days * 86_400);
  const files: HandIn[] = [];
  for (let chunk = 1; chunk <= chunks; chunk++) {
    const toS = NOW_S - days * 86_400 + (days * 86_400 * chunk) / chunks;
    const handed = handIn(advance(simulation, { ...PAST, toS }));
    simulation = handed.simulation;
    files.push(...handed.files);
  }
  return { simulation, files };
}

function play(from: Simulation, seconds: number, tickS: number): { simulation: Simulation; files: HandIn[]; phases: string[] } {
  let simulation = from;
  const files: HandIn[] = [];
  const phases: string[] = [];
  for (let toS = from.atS + tickS; toS <= from.atS + seconds; toS += tickS) {
    const handed = handIn(advance(simulation, { toS, live: true, pastEndsS: from.atS }));
    simulation = handed.simulation;
    files.push(...handed.files);
    if (phases.at(-1) !== simulation.script.phase) phases.push(simulation.script.phase);
  }
  return { simulation, files, phases };
}

describe("the simulation", () => {
  it("makes the same files under the same keys from the same seed and start", () => {
    expect(history(3, 1)).toEqual(history(3, 1));
  });

  it("is at the same point of its history, however many files it was handed in by", () => {
    const { queues, deskDay } = history(4, 1).simulation;
    expect(history(4, 4).simulation).toMatchObject({ queues, deskDay });
  });

  it("continues from what was written down as if it had never stopped", () => {
    const { simulation } = history(2, 1);
    const restored = Simulation.parse(JSON.parse(JSON.stringify(simulation)));
    expect(play(restored, 60, 3)).toEqual(play(simulation, 60, 3));
  });

  it("uses a key once", () => {
    const { simulation, files } = history(2, 2);
    const keys = [...files, ...play(simulation, 120, 2).files].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("hands in a new interval file with new bytes at every tick, so that the feed is never silent", () => {
    const { files } = play(history(1, 1).simulation, 60, 3);
    const bodies = files.filter(({ feedId }) => feedId.endsWith("acd-intervals")).map(({ body }) => body);
    expect(bodies).toHaveLength(20);
    expect(new Set(bodies).size).toBe(20);
  });

  it("holds call records back for fifty seconds of each repetition and then hands all of them in", () => {
    const { simulation } = history(1, 1);
    const sentAt = (files: readonly HandIn[]): number[] =>
      files.filter(({ feedId }) => feedId.endsWith("call-records")).map(({ key }) => Number(key.split("-").at(-1)) - simulation.atS);
    const times = sentAt(play(simulation, 160, 2).files);
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    expect(gaps.filter((gap) => gap > 10)).toHaveLength(1);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(50);
    expect(times.find((time) => time >= 100)).toBeLessThanOrEqual(102);
  });
});
