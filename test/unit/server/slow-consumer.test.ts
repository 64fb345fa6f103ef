import { describe, expect, it } from "vitest";
import { judgeBacklog, type Look } from "../../../server/live/slow-consumer.ts";

const LIMIT = 1000;

/** What a browser's connection shows, looked at each second. */
function judged(looks: readonly Omit<Look, "nowMs">[]) {
  let backlog: ReturnType<typeof judgeBacklog> = null;
  for (const [second, seen] of looks.entries()) {
    if (backlog === "slow") return `slow after ${second - 1} s`;
    backlog = judgeBacklog(backlog ?? undefined, { ...seen, nowMs: second * 1000 }, LIMIT);
  }
  return backlog === "slow" ? `slow after ${looks.length - 1} s` : "kept";
}

const times = (count: number, look: (second: number) => Omit<Look, "nowMs">) => Array.from({ length: count }, (_, second) => look(second));

describe("a browser for which more waits than the limit", () => {
  it("is kept while it reads, however slowly", () => {
    expect(judged(times(60, (second) => ({ waitingBytes: 7000 - second * 100, takenBytes: second * 100 })))).toBe("kept");
  });

  it("is cut when it has read nothing for ten seconds", () => {
    expect(judged(times(60, () => ({ waitingBytes: 1001, takenBytes: 5 })))).toBe("slow after 10 s");
    expect(judged(times(60, (second) => ({ waitingBytes: 2000, takenBytes: Math.min(second, 20) })))).toBe("slow after 30 s");
  });

  it("is cut at once when eight times the limit waits", () => {
    expect(judged(times(60, (second) => ({ waitingBytes: second * 1000, takenBytes: second })))).toBe("slow after 9 s");
  });

  it("starts anew when it has caught up in between", () => {
    const looks = [...times(9, () => ({ waitingBytes: 1500, takenBytes: 5 })), { waitingBytes: 900, takenBytes: 5 }];
    expect(judged([...looks, ...looks])).toBe("kept");
  });
});
