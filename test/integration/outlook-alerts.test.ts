import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agreementKeys } from "../../shared/store/keys.ts";
import { COUNTS, type LiveCase, startLiveCase } from "../support/live-case.ts";
import { buildTarget } from "../support/target-case.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const MONTH = "service-level.month.2026-03-01";

let stage: WorkerStage;
beforeAll(async () => {
  stage = await startWorkerStage(Date.parse("2026-03-01T00:00:00Z"));
});
afterAll(async () => await stage?.stop());

async function month(id: string): Promise<LiveCase> {
  return await startLiveCase(stage, { id, now: "2026-03-01T00:00:00Z", agreement: { targets: [buildTarget({ windows: ["month"] })] } });
}

/** Hands in a day of March when it is over: so many of 100 within each hour. */
async function day(live: LiveCase, number: number, within: number): Promise<void> {
  const name = `2026-03-${String(number).padStart(2, "0")}`;
  const hours = Array.from({ length: 24 }, (_, hour) => `${name},${String(hour).padStart(2, "0")}:00,100,0,${within}`);
  live.at(new Date(Date.parse(name) + 86_400_000).toISOString());
  await stage.handIn(live.id, "calls", `date,time,${COUNTS.join(",")}\n${hours.join("\n")}\n`);
}

describe("a month that is looked ahead of", () => {
  it("is told of when an upload makes a miss likely, worse when it is nearly sure, and over when uploads make it unlikely", async () => {
    const live = await month("ahead");
    const told = async (): Promise<string[]> =>
      (await live.alerts()).filter(({ parent }) => parent === null).map(({ id, status, severity }) => `${id} ${status} ${severity}`);
    for (const [i, within] of [85, 84, 86, 85, 84, 86, 75, 72].entries()) await day(live, i + 1, within);
    expect(await live.alerts()).toEqual([]);
    await day(live, 9, 70);
    expect(await told()).toEqual([`outlook.${MONTH}.1 open high`]);
    expect((await live.alert(`outlook.${MONTH}`))?.headline.replaceAll("\u00A0", " ")).toBe(
      "Service level will be missed with a chance of 52 %: expected to end at 79.7 %; so far 80.8 % of 21,600, agreed ≥ 80 %, month 2026-03; about 52,875 still to come",
    );
    for (const [i, within] of [60, 55].entries()) await day(live, i + 10, within);
    expect(await told()).toEqual([`outlook.${MONTH}.1 open critical`]);
    for (const number of [12, 13, 14]) await day(live, number, 97);
    expect(await told()).toEqual([`outlook.${MONTH}.1 open warning`]);
    await day(live, 15, 97);
    expect(await told()).toEqual([`outlook.${MONTH}.1 resolved warning`]);
  });

  it("that was at risk already is told of once: the figure's alert is part of the outlook's", async () => {
    const part = await stage.redis.hget(agreementKeys("ahead").alerts, `${MONTH}.1`);
    expect(part).toContain(`"parent":"outlook.${MONTH}.1"`);
    const outbox = await stage.redis.lrange(agreementKeys("ahead").outbox, 0, -1);
    expect(outbox.length).toBeGreaterThan(0);
    expect(outbox.filter((notice) => !notice.includes(`"outlook.${MONTH}.1"`))).toEqual([]);
  });

  it("that cannot be met any more is told so once, and is over with the month, whose verdict speaks", async () => {
    const live = await month("lost");
    for (const [i, within] of [85, 84, 86, 85, 84, 86, ...Array.from({ length: 10 }, () => 60)].entries()) await day(live, i + 1, within);
    expect(await live.alert(`no-return.${MONTH}`)).toMatchObject({ severity: "high", parent: null });
    for (let number = 17; number <= 23; number++) await day(live, number, 60);
    const lost = await live.alert(`no-return.${MONTH}`);
    expect(lost).toMatchObject({ severity: "critical", status: "open" });
    expect(lost?.headline).toContain("Service level is lost: not even with all of the about");
    expect(await live.alert(`outlook.${MONTH}`)).toMatchObject({ severity: "critical", parent: `no-return.${MONTH}.1` });
    live.at("2026-04-01T00:00:01Z");
    await live.tick();
    const standing = (await live.alerts()).filter(({ subject }) => subject.kind !== "spend");
    expect(standing.map(({ id, status, severity }) => `${id} ${status} ${severity}`).toSorted()).toEqual([
      `no-return.${MONTH}.1 resolved critical`,
      `outlook.${MONTH}.1 resolved critical`,
      `${MONTH}.1 open critical`,
    ]);
  });

  it("is told of while one bad afternoon spends its budget of misses, and no more soon after", async () => {
    const live = await month("budget");
    for (let number = 1; number <= 9; number++) await day(live, number, 92);
    const hour = async (clock: number, within: number): Promise<void> => {
      live.at(`2026-03-10T${String(clock + 1).padStart(2, "0")}:00:00Z`);
      const row = `2026-03-10,${String(clock).padStart(2, "0")}:00,100,0,${within}`;
      await stage.handIn(live.id, "calls", `date,time,${COUNTS.join(",")}\n${row}\n`);
    };
    for (const clock of [0, 1, 2]) await hour(clock, 92);
    expect(await live.alerts()).toEqual([]);
    for (let clock = 3; clock < 20; clock++) await hour(clock, 5);
    const key = `spend.2-percent.${MONTH}`;
    expect((await live.alerts()).map(({ id }) => id)).toEqual([`${key}.1`]);
    expect((await live.happened(key))[0]).toBe("raised 15:00");
    const { headline, history } = (await live.alert(key)) ?? {};
    expect(history?.[0]?.note.replaceAll("\u00A0", " ")).toBe(
      "Service level misses too fast: 1,164 of the last 1,500 have spent 8 % of the 14,895 that may miss, 3.9 times the even pace; so far 87.5 % of 23,100, agreed ≥ 80 %, month 2026-03",
    );
    // Nobody had answered two hours later, when it was worse.
    expect([history?.at(-1)?.kind, headline?.replaceAll("\u00A0", " ")]).toEqual([
      "escalated",
      expect.stringMatching(/^Service level misses too fast: 1,338 of the last 1,500 have spent 9 %/u),
    ]);
    for (const clock of [20, 21, 22]) await hour(clock, 92);
    expect((await live.happened(key)).at(-1)).toBe("resolved 22:00");
  });
});

describe("a feed whose files can hardly be read", () => {
  it("is told to its provider from a fifth of refused rows on, and no more when a file can be read", async () => {
    const live = await startLiveCase(stage, { id: "unread", now: "2026-03-02T10:00:00Z" });
    const row = (minute: string, answered: string): string => `2026-03-02,09:${minute},${answered},0,1\n`;
    const file = (...rows: string[]): Promise<unknown> => stage.handIn(live.id, "calls", `date,time,${COUNTS.join(",")}\n${rows.join("")}`);
    const good = ["00", "15", "30", "45"].map((minute) => row(minute, "1"));
    await file(...good, row("00", "2"), row("15", "2"), row("30", "2"), row("45", "2"), row("00", "many"));
    expect(await live.alert("feed.calls")).toBeUndefined();
    await file(...good, row("00", "many"));
    expect(await live.alert("feed.calls")).toMatchObject({ severity: "warning", audience: "provider", status: "open" });
    expect((await live.alert("feed.calls"))?.headline).toBe('Feed "Calls" fails: 1 of the 5 rows of its last file were refused');
    await file("what is this\n");
    await file(row("15", "3"));
    expect((await live.happened("feed.calls")).map((line) => line.split(" ")[0])).toEqual(["raised", "resolved"]);
  });
});
