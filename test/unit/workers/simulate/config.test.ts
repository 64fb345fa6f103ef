import { describe, expect, it } from "vitest";
import { nextCourse, chunksAhead } from "../../../../workers/simulate/course.ts";
import { parseConfig } from "../../../../workers/simulate/config.ts";
import { beginSimulation } from "../../../../workers/simulate/simulation.ts";

describe("the simulator's settings", () => {
  it("keep progress beside the keys unless a folder is given", () => {
    expect(parseConfig({ ACCORD_DEMO_KEYS: "/d/demo-keys.json" })).toEqual({
      config: { keysFile: "/d/demo-keys.json", progressFile: "/d/simulator.json", seed: "accord", historyDays: 60, logLevel: "info" },
    });
    expect(parseConfig({ ACCORD_DEMO_KEYS: "/d/k.json", ACCORD_STATE_DIR: "/s" })).toMatchObject({
      config: { progressFile: "/s/simulator.json" },
    });
  });

  it("are refused with every problem at once", () => {
    const parsed = parseConfig({ ACCORD_SIMULATOR_DAYS: "0", ACCORD_SIMULATOR_SEED: "?" });
    expect("problems" in parsed ? parsed.problems.map((problem) => problem.split(" ")[0]) : []).toEqual([
      "ACCORD_DEMO_KEYS",
      "ACCORD_SIMULATOR_SEED",
      "ACCORD_SIMULATOR_DAYS",
    ]);
  });
});

describe("the course", () => {
  const now = Date.UTC(2026, 10, 21, 6, 0, 30) / 1000;

  it("goes through history by weeks up to the present", () => {
    const start = beginSimulation("a", now - 10 * 86_400);
    expect(nextCourse(start, now)).toEqual({ toS: start.atS + 7 * 86_400, live: false, pastEndsS: now });
    expect(nextCourse({ ...start, atS: start.atS + 7 * 86_400 }, now)).toMatchObject({ toS: now, live: false });
    expect(chunksAhead(start, now)).toBe(2);
  });

  it("becomes live only at the end of history, so that nobody misses the script's beginning", () => {
    expect(nextCourse(beginSimulation("a", now - 30), now)).toMatchObject({ toS: now, live: false });
    expect(nextCourse(beginSimulation("a", now - 5), now)).toMatchObject({ toS: now, live: true });
    expect(chunksAhead(beginSimulation("a", now - 5), now)).toBe(0);
  });

  it("stays live over a short pause", () => {
    expect(nextCourse({ ...beginSimulation("a", now - 110), live: true }, now)).toMatchObject({ toS: now, live: true });
  });

  it("fills a long gap as history", () => {
    expect(nextCourse({ ...beginSimulation("a", now - 3600), live: true }, now)).toMatchObject({ toS: now, live: false });
  });

  it("does not run backwards when the clock is set back", () => {
    const simulation = { ...beginSimulation("a", now), live: true };
    expect(nextCourse(simulation, now - 50).toS).toBe(now);
  });
});
