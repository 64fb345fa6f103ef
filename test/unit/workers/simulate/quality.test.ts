import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { addDays, type Day, daysBetween } from "../../../../shared/calendar/day.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { wilson } from "../../../../shared/stats/wilson.ts";
import { LISBON } from "../../../../workers/simulate/demo.ts";
import { evaluationExport } from "../../../../workers/simulate/exports/evaluation-export.ts";
import { rosterExport } from "../../../../workers/simulate/exports/roster-export.ts";
import { type Evaluation, evaluationsOn, FORM } from "../../../../workers/simulate/quality/evaluations.ts";
import { beginQuality, evaluationsDue, rostersDue } from "../../../../workers/simulate/quality/quality-course.ts";
import { daysSince, firstDayOf, type QualityStory, storyAsOf } from "../../../../workers/simulate/quality/quality-story.ts";

const FILE = new URL("../../../../docs/examples/demo/evaluations-feed.yaml", import.meta.url);
const FEED = FeedDefinition.parse(parse(readFileSync(FILE, "utf8")));
const POINTS = new Map(FEED.kind === "qa" && "items" in FEED.score ? FEED.score.items.map(({ column, points }) => [column, points]) : []);
const AGREED = 0.88;

function earned({ right }: Evaluation): number {
  return FORM.reduce((sum, { column }, at) => sum + (right[at] === true ? (POINTS.get(column) ?? Number.NaN) : 0), 0);
}

function monthOf(story: QualityStory, month: string): Evaluation[] {
  const days = daysBetween(`${month}-01`, addDays(`${month}-01`, 30)).filter((day) => day.startsWith(month));
  return days.flatMap((day) => evaluationsOn("accord", story, LISBON.zone, day));
}

function intervalOf(evaluations: readonly Evaluation[]): { low: number; high: number } {
  return wilson(evaluations.reduce((sum, one) => sum + earned(one), 0) / 100, evaluations.length);
}

describe("the quality of the demonstration", () => {
  it.each(["2026-11-22", "2026-12-11", "2027-01-31", "2027-03-01", "2026-07-10"])(
    "begun on %s, has a month that is surely met while new agents come, and then one that is surely missed",
    (today) => {
      const story = storyAsOf(today);
      const missed = addDays(story.hired, 24).slice(0, 7);
      expect(intervalOf(monthOf(story, story.hired.slice(0, 7))).low).toBeGreaterThan(AGREED);
      expect(intervalOf(monthOf(story, missed)).high).toBeLessThan(AGREED);
      expect(daysSince(story.hired, today)).toBeGreaterThanOrEqual(32);
    },
  );

  it("is the same story on another day", () => {
    const scores = (today: Day): number[] => {
      const story = { ...storyAsOf(today), coached: "9999-01-01" };
      return evaluationsOn("accord", story, LISBON.zone, addDays(story.hired, 20)).map(earned);
    };
    expect(scores("2026-11-22")).toEqual(scores("2027-02-25"));
  });

  it("is handed in once, in however many files", () => {
    const nowS = Date.UTC(2026, 10, 22, 9) / 1000;
    const begun = beginQuality(LISBON.zone, nowS);
    const whole = evaluationsDue("accord", LISBON.zone, { ...begun, dueS: nowS });
    const cut = nowS - 40 * 86_400 - 1234;
    const [early, late] = [
      { ...begun, dueS: cut },
      { ...begun, sentS: cut, dueS: nowS },
    ];
    expect([...evaluationsDue("accord", LISBON.zone, early), ...evaluationsDue("accord", LISBON.zone, late)]).toEqual(whole);
    expect([...rostersDue(LISBON.zone, early), ...rostersDue(LISBON.zone, late)]).toEqual(
      rostersDue(LISBON.zone, { ...begun, dueS: nowS }),
    );
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
    expect(evaluationExport(LISBON.zone, whole).split("\n")).toHaveLength(whole.length + 2);
  });

  it("lists whoever left in the roster of that week and in no later one", () => {
    const { hired } = storyAsOf("2026-11-22");
    const left = (monday: Day): string[] =>
      rosterExport(hired, [monday])
        .split("\n")
        .filter((line) => line.includes(",yes,"));
    const mondays = rostersDue(LISBON.zone, {
      ...beginQuality(LISBON.zone, Date.UTC(2026, 10, 22) / 1000),
      dueS: Date.UTC(2026, 10, 22) / 1000,
    });
    expect(mondays.filter((monday) => left(monday).length > 0)).toHaveLength(2);
    expect(mondays[0] ?? "").toBe(addDays(firstDayOf(storyAsOf("2026-11-22")), 2));
  });
});
