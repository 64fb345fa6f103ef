import { describe, expect, it } from "vitest";
import { checkVersions } from "../../../../../shared/agreement/lint/versions.ts";
import { findings, places, plant, soundFeed } from "../../../../support/planted-agreement.ts";

/** What is planted in the agreement and in its first target, where it is found, and words of the message. */
type Case = readonly [title: string, agreement: string, target: string, place: string, message: string];

function expectOne([, agreement, target, place, message]: Case): void {
  const found = findings(plant(agreement, target));
  expect([...new Set(places(found))]).toEqual(place === "" ? [] : [place]);
  if (place !== "") expect(found[0]?.message).toContain(message);
}

const CSAT = "clause: null\nmeasure: { metric: csat, method: top-2-box }\nminimum: null\nexpected:";
const SURVEYS = soundFeed({
  counters: Object.fromEntries(
    [...[1, 2, 3, 4, 5].map((score) => `csat-${score}`), "handle-ms"]
      .map((id) => [id, { column: id, required: true, ...(id === "handle-ms" ? { unit: "s" } : {}) }])
      .concat([["answered", { column: "answered", required: true }]]),
  ),
});

describe("levels, samples and warnings", () => {
  it.each<Case>([
    ["a stretch level worse than expected", "", "stretch: 75 %", "error targets.sl.stretch", "not better"],
    ["a stretch level equal to what is expected", "", "stretch: 80 %", "error targets.sl.stretch", "not better"],
    ["a band without a lower end", "", "direction: within\nminimum: null", "error targets.sl.notBelow", "no lower one"],
    ["a band that is empty", "", "direction: within\nminimum: null\nnotBelow: 85 %", "error targets.sl.notBelow", "is empty"],
    ["a minimum of a band", "", "direction: within\nnotBelow: 75 %", "error targets.sl.minimum", "no worse side"],
    ["a lower end without a band", "", "notBelow: 70 %", "warning targets.sl.notBelow", "the target is at-least"],
    ["a pace that can never come: 5 at 80 %", "", "atRisk: { burn: 5 }", "error targets.sl.atRisk.burn", "5.00"],
    ["a pace that hardly ever comes: 4.6 at 80 %", "", "atRisk: { burn: 4.6 }", "warning targets.sl.atRisk.burn", "hardly ever"],
    ["a pace that is of use", "", "atRisk: { burn: 2 }", "", ""],
    [
      "a probability of more than one",
      "",
      "atRisk: { missProbability: 100 % }",
      "error targets.sl.atRisk.missProbability",
      "no probability",
    ],
    [
      "a probability where only days are judged",
      "",
      "atRisk: { missProbability: 25 % }\nwindows: [day]",
      "warning targets.sl.atRisk.missProbability",
      "Only days",
    ],
    ["a small sample without a minimum", "", "onLowSample: join-previous", "error targets.sl.onLowSample", "minimumSample is 0"],
    [
      "one miss allowed of a mean",
      "",
      "clause: null\nmeasure: { metric: aht }\ndirection: at-most\nexpected: 300 s\nminimum: null\nminimumSample: 50\nonLowSample: allow-one-miss",
      "warning targets.sl.onLowSample",
      "no share",
    ],
    ["one miss allowed of a share", "", "minimumSample: 50\nonLowSample: allow-one-miss", "", ""],
    [
      "a gate of which no target counts the weeks",
      "ramp: { goLive: 2026-01-05, gate: { weeks: 4, minimumSample: 100 } }",
      "",
      "warning ramp.gate",
      "no target has both levels by week",
    ],
    [
      "a ramp that forgets to ease the minimum",
      "ramp: { goLive: 2026-01-05 }",
      "ramp: [{ fromWeek: 1, toWeek: 4, expected: 60 % }]",
      "warning targets.sl.ramp.0.minimum",
      "the minimum is still 70 %",
    ],
    ["a ramp that eases both", "ramp: { goLive: 2026-01-05 }", "ramp: [{ fromWeek: 1, toWeek: 4, expected: 60 %, minimum: 60 % }]", "", ""],
    ["a ramp without a go-live", "", "ramp: [{ fromWeek: 1, toWeek: 4, expected: 70 % }]", "error targets.sl.ramp", "when week 1 begins"],
    [
      "a gap in the ramp",
      "ramp: { goLive: 2026-01-05 }",
      "ramp: [{ fromWeek: 1, toWeek: 2, expected: 70 % }, { fromWeek: 5, toWeek: 6, expected: 75 % }]",
      "warning targets.sl.ramp.1",
      "Weeks 3 to 4 have",
    ],
    [
      "two levels for one week",
      "ramp: { goLive: 2026-01-05 }",
      "ramp: [{ fromWeek: 1, toWeek: 4, expected: 70 % }, { fromWeek: 4, toWeek: 6, expected: 75 % }]",
      "error targets.sl.ramp.1",
      "Week 4 has two levels",
    ],
    [
      "a ramp backwards",
      "ramp: { goLive: 2026-01-05 }",
      "ramp: [{ fromWeek: 4, toWeek: 1, expected: 70 % }]",
      "error targets.sl.ramp.0",
      "before it begins",
    ],
    [
      "a ramp that asks for more",
      "ramp: { goLive: 2026-01-05 }",
      "ramp: [{ fromWeek: 1, toWeek: 4, expected: 85 % }]",
      "warning targets.sl.ramp.0.expected",
      "more than the 80 %",
    ],
    [
      "weeks of the ramp that begin on a Thursday",
      "ramp: { goLive: 2026-01-01 }",
      "ramp: [{ fromWeek: 1, toWeek: 4, expected: 70 % }]",
      "warning targets.sl.ramp",
      "begin on thu, the windows' on mon",
    ],
    ["a go-live outside the term", "ramp: { goLive: 2027-02-01 }", "", "warning ramp.goLive", "outside"],
  ])("%s", (...one) => expectOne(one));

  it.each([
    ["99 % of a sample of 20 (domain.md, linter)", "99 %\nminimumSample: 20", "warning targets.sl.minimumSample", "381 would"],
    ["a sample of 381 can prove 99 %", "99 %\nminimumSample: 381", null, ""],
    ["100 % of a sample", "100 %\nminimumSample: 2000", "warning targets.sl.expected", "cannot be proven"],
    ["a sample without a minimum", "80 %", "warning targets.sl.minimumSample", "how many it takes"],
  ])("%s", (_, rest, place, message) => {
    const found = findings(plant("", `${CSAT} ${rest}`), [SURVEYS]);
    expect(places(found)).toEqual(place === null ? [] : [place]);
    if (place !== null) expect(found[0]?.message).toContain(message);
  });
});

describe("windows", () => {
  it.each<Case>([
    [
      "a window longer than the term",
      "effectiveTo: 2026-02-10",
      "windows: [rolling-3m]",
      "error targets.sl.windows",
      "longer than the 41 days",
    ],
    ["a window named twice", "", "windows: [day, day]", "warning targets.sl.windows", "named twice"],
    [
      "intervals finer than the feed's",
      "intervalMinutes: 15",
      "aggregation: { by: intervals-met, level: 80 %, minutes: 15 }\nexpected: 80 %",
      "error targets.sl.aggregation.minutes",
      "15 minutes",
    ],
    [
      "the mean of days where no contract asks for it",
      "",
      "aggregation: { by: mean-of-days, dp: 1 }",
      "warning targets.sl.aggregation",
      "does not ask for a mean",
    ],
    [
      "a share of days within one day",
      "",
      "aggregation: { by: days-met, level: 80 % }\nwindows: [day]",
      "warning targets.sl.aggregation",
      "only days are judged",
    ],
  ])("%s", (_, agreement, target, place, message) => {
    const found = findings(plant(agreement, target), [soundFeed({ intervalMinutes: 30 })]);
    expect(places(found)).toEqual([place]);
    expect(found[0]?.message).toContain(message);
  });

  it("a daily feed knows no intervals", () => {
    const { intervalMinutes: _, ...daily } = soundFeed();
    const found = findings(plant("", "aggregation: { by: intervals-met, level: 80 % }"), [{ ...daily, kind: "daily" }]);
    expect(places(found)).toEqual(["error targets.sl.aggregation"]);
  });

  it("a day cannot be judged from a feed that comes every week", () => {
    const found = findings(plant(), [soundFeed({ expected: { every: "P7D", grace: "PT1H" } })]);
    expect(places(found)).toEqual(["warning targets.sl.windows"]);
    expect(found[0]?.message).toContain("A day is judged, but calls comes only every P7D.");
  });
});

describe("hours, holidays and clock changes", () => {
  const hours = (days: string, from: string, to: string): string => `serviceHours: [{ days: ${days}, from: "${from}", to: "${to}" }]`;

  it.each<Case>([
    [
      "blocks that overlap",
      'serviceHours: [{ days: [mon], from: "08:00", to: "12:00" }, { days: [mon, tue], from: "11:00", to: "18:00" }]',
      "",
      "warning serviceHours",
      "overlap",
    ],
    [
      "two overrides of a day",
      "overrides: [{ date: 2026-12-24, hours: closed }, { date: 2026-12-24, hours: always }]",
      "",
      "error overrides",
      "two overrides",
    ],
    [
      "hours of their own on a holiday",
      "holidays: [2026-12-24]\noverrides: [{ date: 2026-12-24, hours: always }]",
      "",
      "warning overrides",
      "the hours win",
    ],
    ["a holiday outside the term", "holidays: [2026-12-25, 2027-01-01]", "", "warning holidays", "2027-01-01 lies outside"],
    ["a holiday named twice", "holidays: [2026-12-25, 2026-12-25]", "", "warning holidays", "named twice"],
    ["holidays of the first year only", "effectiveTo: 2028-12-31\nholidays: [2026-12-25]", "", "warning holidays", "not for 2027, 2028"],
    [
      "a border in the hour that is skipped",
      hours("[sun]", "02:30", "06:00"),
      "",
      "warning serviceHours.0",
      "On 2026-03-29 the clock in Europe/Berlin skips 02:00 to 03:00",
    ],
    ["a block that does not happen", hours("[sun]", "02:00", "03:00"), "", "warning serviceHours.0", "does not happen"],
    ["a border on the edge of the hour", hours("[sun]", "03:00", "06:00"), "", "", ""],
    ["a border on another weekday", hours("[mon]", "02:30", "06:00"), "", "", ""],
    [
      "a program's own hours",
      `programs: [{ id: a, name: A, queues: [main], ${hours("[mon]", "18:00", "08:00")} }]`,
      "",
      "error programs.a.serviceHours.0",
      "do not end after",
    ],
    [
      "an override inside an interval",
      'overrides: [{ date: 2026-12-24, hours: [{ from: "08:05", to: "12:00" }] }]',
      "",
      "error overrides.0",
      "08:05 lies inside",
    ],
  ])("%s", (...one) => expectOne(one));
});

describe("programs and members", () => {
  const two = "programs: [{ id: a, name: A, queues: [main], site: Riga }, { id: b, name: B, queues: [other] }]";

  it.each<Case>([
    [
      "a queue in two programs",
      "programs: [{ id: a, name: A, queues: [main] }, { id: b, name: B, queues: [main] }]",
      "",
      "error programs.b.queues",
      'already belongs to the program "a"',
    ],
    ["a program that is not there", two, "programs: [c]", "error targets.sl.programs", 'no program "c"'],
    ["queues and programs", two, "programs: [a]\nqueues: [main]", "error targets.sl.programs", "both queues and programs"],
    ["each queue of none", "", "each: queue", "error targets.sl.each", "no queue is named"],
    ["each site where one has none", two, "each: site", "error targets.sl.each", 'program "b" has no site'],
    ["each language where none has one", two, "each: language", "error targets.sl.each", "no language is named"],
    ["a queue that the feed does not know", "", "queues: [sales]", "warning targets.sl.queues", '"sales"'],
    [
      "one program twice",
      "programs: [{ id: a, name: A, queues: [main] }, { id: a, name: B, queues: [x] }]",
      "",
      "error programs.a",
      "more than once",
    ],
  ])("%s", (...one) => expectOne(one));

  it("money may name a member", () => {
    const text = `${two}
fees: { currency: EUR, amount: "1000", per: month }
credits: { period: month, atRisk: 10 %, scheme: { kind: bands, targets: { "sl@main": [{ beyond: 80 %, credit: 5 % }], "sl@gone": [{ beyond: 80 %, credit: 5 % }] } } }`;
    const found = findings(plant(text, "each: queue\nqueues: [main]"));
    expect(places(found).filter((place) => place.startsWith("error"))).toEqual(["error credits.scheme.targets.sl@gone"]);
  });
});

describe("volume", () => {
  const volume = (rest: string): string =>
    `volume: { feed: calls, unit: day, lockDaysBefore: 30, forecastBy: client, above: exclude, ${rest} }`;

  it.each<Case>([
    ["a feed that is not there", volume("upper: 110 %").replace("calls", "chats"), "", "error volume.feed", 'no feed "chats"'],
    ["a limit that leaves out what was forecast", volume("upper: 100 %"), "", "warning volume.upper", "exactly as forecast"],
    ["limits exchanged", volume("upper: 110 %, lower: 120 %"), "", "error volume.lower", "not below"],
    ["a limit that is no share", volume("upper: a tenth more"), "", "error volume.upper", "not a share"],
    ["quiet days without a limit", volume("upper: 110 %, below: exclude"), "", "error volume.below", "how quiet"],
  ])("%s", (...one) => expectOne(one));
});

describe("versions", () => {
  const first = plant("effectiveTo: 2026-06-30");

  it.each([
    ["one number twice", "version: 1\neffectiveFrom: 2026-07-01", "error version 1: version"],
    ["the same first day", "version: 2\nreason: more", "warning version 2: effectiveFrom"],
    ["a term that the next one empties", "version: 2\neffectiveFrom: 2025-12-01\nreason: more", "warning version 2: effectiveFrom"],
    ["days without a version", "version: 2\neffectiveFrom: 2026-08-01\nreason: more", "warning version 2: effectiveFrom"],
    ["a version without a reason", "version: 2\neffectiveFrom: 2026-07-01", "warning version 2: reason"],
    ["another agreement", "version: 2\nid: other\neffectiveFrom: 2026-07-01", "error version 2: id"],
  ])("%s", (_, next, place) => {
    expect(places(checkVersions([plant(next), first]))).toEqual([place]);
  });

  it("a version that begins in the middle of the one before is sound", () => {
    expect(checkVersions([first, plant("version: 2\neffectiveFrom: 2026-04-15\nreason: more queues")])).toEqual([]);
  });
});
