import { describe, expect, it } from "vitest";
import { type Agreement, Target } from "../../../../../shared/agreement/agreement.ts";
import { checkAgreement } from "../../../../../shared/agreement/lint/check.ts";
import { FeedDefinition } from "../../../../../shared/feeds/definition.ts";
import { buildAgreement, buildFeed } from "../../../../support/sample-agreement.ts";
import { buildTarget, contactFeed, intervalFeed } from "../../../../support/target-case.ts";

interface Case {
  readonly agreement?: Partial<Agreement>;
  readonly target?: Partial<Target>;
  readonly feeds?: readonly FeedDefinition[];
}

/** A target that says when the clock of a wait starts. */
function sound(overrides: Partial<Target> = {}): Target {
  return Target.parse({ ...buildTarget(), clock: "queue-entry", ...overrides });
}

function problems({
  agreement = {},
  target = {},
  feeds = [buildFeed()],
}: Case): { severity: string; path: string; message: string; remedy: string }[] {
  return checkAgreement({ ...buildAgreement(), targets: [sound(target)], ...agreement }, feeds);
}

function paths(input: Case): string[] {
  return problems(input).map(({ severity, path }) => `${severity} ${path}`);
}

function daily(timeZone: string): FeedDefinition {
  const { kind: _, ...feed } = intervalFeed(["answered", "abandoned", "answered-within-20000"], { timeZone });
  const { accord, id, name, format, queue, missing, ignore, checks } = feed;
  const counters = {
    answered: { column: "answered", required: true },
    abandoned: { column: "abandoned", required: true },
    "answered-within-20000": { column: "in20", required: true },
  };
  return {
    accord,
    id,
    name,
    timeZone,
    format,
    queue,
    missing,
    ignore,
    checks,
    kind: "daily",
    start: { date: { column: "date", format: "yyyy-mm-dd" } },
    counters,
    claims: {},
  };
}

const weekdays = (from: string, to: string): Agreement["serviceHours"] => [{ days: ["mon", "tue"], from, to }];

describe("checkAgreement", () => {
  it("doubts schedules whose moved entries would stand beside the new ones", () => {
    const schedule = FeedDefinition.parse({
      accord: "feed/1",
      id: "rota",
      name: "Rota",
      kind: "schedule",
      timeZone: "Europe/Berlin",
      format: { type: "delimited", delimiter: "comma" },
      start: { instant: { column: "from", format: "iso-8601" } },
      end: { instant: { column: "to", format: "iso-8601" } },
      agent: { column: "agent" },
      queue: { constant: "main" },
    });
    const named = { ...schedule, recordId: ["shift"] };
    expect(paths({ feeds: [buildFeed(), schedule] })).toEqual(["warning feeds.rota.recordId"]);
    expect(paths({ feeds: [buildFeed(), FeedDefinition.parse(named)] })).toEqual([]);
    expect(paths({ feeds: [buildFeed(), FeedDefinition.parse({ ...schedule, replaces: "period" })] })).toEqual([]);
  });

  it("finds nothing wrong with a sound agreement", () => {
    expect(problems({})).toEqual([]);
  });

  it.each<[string, Case, string]>([
    ["a zone that nobody knows", { agreement: { timeZone: "Europe/Atlantis" } }, "error timeZone"],
    ["a feed's zone that nobody knows", { feeds: [{ ...buildFeed(), timeZone: "Mars/Olympus" }] }, "error feeds.calls.timeZone"],
    ["a target's id used twice", { agreement: { targets: [sound(), sound()] } }, "error targets.service-level"],
    ["a feed's id used twice", { feeds: [buildFeed(), buildFeed()] }, "error feeds.calls"],
    ["an end before the beginning", { agreement: { effectiveTo: "2025-12-31" } }, "error effectiveTo"],
    ["hours that do not end after they begin", { agreement: { serviceHours: weekdays("22:00", "06:00") } }, "error serviceHours.0"],
    ["hours of no length", { agreement: { serviceHours: weekdays("08:00", "08:00") } }, "error serviceHours.0"],
    [
      "hours that begin inside an interval of the feed",
      { agreement: { serviceHours: weekdays("08:10", "18:00") } },
      "error serviceHours.0",
    ],
    [
      "hours on a quarter, where the feed counts by the hour",
      {
        agreement: { serviceHours: weekdays("08:15", "18:00") },
        feeds: [intervalFeed(["answered", "abandoned", "answered-within-20000"], { intervalMinutes: 60 })],
      },
      "error serviceHours.0",
    ],
    [
      "midnight inside an interval of contacts",
      { agreement: { timeZone: "Asia/Kolkata", intervalMinutes: 60 }, feeds: [contactFeed()] },
      "error intervalMinutes",
    ],
    ["a level without its unit", { target: { expected: "80" } }, "error targets.service-level.expected"],
    ["an ambiguous level", { target: { expected: "20-30 %" } }, "error targets.service-level.expected"],
    ["a level beyond 100 %", { target: { expected: "101 %" } }, "error targets.service-level.expected"],
    [
      "a score of nine out of five",
      { target: { measure: { metric: "csat", method: "mean" }, expected: "9" } },
      "error targets.service-level.expected",
    ],
    ["a minimum in another unit", { target: { minimum: "20 s" } }, "error targets.service-level.minimum"],
    ["a minimum stricter than what is expected", { target: { minimum: "90 %" } }, "error targets.service-level.minimum"],
    [
      "a minimum stricter than what is expected at most",
      { target: { direction: "at-most", minimum: "70 %" } },
      "error targets.service-level.minimum",
    ],
    [
      "short abandons that nobody measured",
      { target: { measure: { metric: "service-level", variant: "short-excluded", withinSeconds: 20 } } },
      "error targets.service-level.measure.shortAbandonSeconds",
    ],
    ["a feed that is not there", { target: { feed: "chats" } }, "error targets.service-level.feed"],
    ["days of another zone", { feeds: [daily("America/New_York")] }, "error targets.service-level.feed"],
    [
      "counts that the feed lacks",
      { target: { measure: { metric: "service-level", variant: "negative", withinSeconds: 30 } } },
      "warning targets.service-level.feed",
    ],
    [
      "outcomes that a feed of contacts never names",
      {
        target: { measure: { metric: "service-level", variant: "+flowouts", withinSeconds: 20 } },
        feeds: [contactFeed({ outcome: [{ when: {}, is: "answered" }] })],
      },
      "warning targets.service-level.feed",
    ],
  ])("names %s", (_, input, expected) => {
    expect(paths(input)).toEqual([expected]);
    for (const { message, remedy } of problems(input)) expect(message.length * remedy.length).toBeGreaterThan(0);
  });

  it.each<[string, Case]>([
    [
      "hours of a quarter where no feed counts in intervals",
      { agreement: { timeZone: "Europe/Berlin", serviceHours: weekdays("08:10", "18:05") }, feeds: [daily("Europe/Berlin")] },
    ],
    [
      "midnight of Kathmandu between quarters of an hour",
      { agreement: { timeZone: "Asia/Kathmandu", intervalMinutes: 15 }, feeds: [contactFeed()] },
    ],
    [
      "a night as two blocks",
      {
        agreement: {
          serviceHours: [
            { days: ["mon"], from: "18:00", to: "24:00" },
            { days: ["tue"], from: "00:00", to: "06:00" },
          ],
        },
      },
    ],
    ["a minimum equal to what is expected", { target: { minimum: "80 %" } }],
    ["100 % of everything", { target: { expected: "100 %" } }],
  ])("accepts %s", (_, input) => {
    expect(paths(input)).toEqual([]);
  });

  it("says which count is missing and that the percentage remains a claim", () => {
    const [problem] = problems({ feeds: [intervalFeed(["answered", "abandoned"])] });
    expect(problem).toMatchObject({
      severity: "warning",
      message: "The target is not derivable: the feed has no count of calls answered within 20 s.",
    });
    expect(problem?.remedy).toContain("claim");
  });

  it("says that nobody knows how many abandoned where a feed of contacts lists the answered only", () => {
    const measure = { metric: "abandonment", denominator: "offered" } as const;
    const [problem] = problems({
      target: { measure, clause: "Of every caller, however soon." },
      feeds: [contactFeed({ outcome: [{ when: {}, is: "answered" }] })],
    });
    expect(problem?.message).toContain("the feed has no count of calls abandoned and of calls offered");
  });

  it("names every problem at once", () => {
    const agreement: Partial<Agreement> = {
      timeZone: "Europe/Atlantis",
      effectiveTo: "2020-01-01",
      serviceHours: weekdays("09:05", "08:00"),
      targets: [sound({ id: "a", expected: "80" }), sound({ id: "b", feed: "none" }), sound({ id: "b", minimum: "90 %" })],
    };
    expect(paths({ agreement })).toEqual([
      "error timeZone",
      "error targets.b",
      "error serviceHours.0",
      "error effectiveTo",
      "error targets.a.expected",
      "error targets.b.feed",
      "error targets.b.minimum",
    ]);
  });
});
