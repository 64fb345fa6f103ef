import { describe, expect, it } from "vitest";
import type { Agreement, Program, Target } from "../../../../shared/agreement/agreement.ts";
import { intervalsOf, verdictOf, verdictsOf } from "../../../support/target-case.ts";
import { engineOf, served } from "../../../support/engine-case.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"] as const;
const PROGRAMS: Program[] = [
  { id: "sales", name: "Sales", queues: ["sales-en", "sales-de"], site: "Cebu", channel: "voice", language: "en" },
  {
    id: "care",
    name: "Care",
    queues: ["care"],
    site: "Cebu",
    channel: "chat",
    serviceHours: [{ days: [...WEEKDAYS], from: "08:00", to: "12:00" }],
  },
  { id: "night", name: "Night", queues: ["care-night"], site: "Lisbon" },
];

function members(target: Partial<Target>, agreement: Partial<Agreement> = {}): unknown[] {
  return engineOf(target, { programs: PROGRAMS, ...agreement }).targets.map((compiled) => [
    compiled.target.id,
    compiled.target.name,
    compiled.member,
    compiled.target.queues,
  ]);
}

describe("a target for each member", () => {
  it("of its listed queues", () => {
    expect(members({ each: "queue", queues: ["a", "b"] })).toEqual([
      ["service-level@a", "Service level, a", "a", ["a"]],
      ["service-level@b", "Service level, b", "b", ["b"]],
    ]);
  });

  it("of the queues of its programs, or of all programs", () => {
    expect(members({ each: "queue", programs: ["care", "night"] }).map((member) => member)).toEqual([
      ["service-level@care", "Service level, care", "care", ["care"]],
      ["service-level@care-night", "Service level, care-night", "care-night", ["care-night"]],
    ]);
    expect(members({ each: "queue" })).toHaveLength(4);
  });

  it.each([
    ["program", ["sales", "care", "night"]],
    ["site", ["Cebu", "Lisbon"]],
    ["channel", ["voice", "chat"]],
    ["language", ["en"]],
  ] as const)("%s is one per value; a program that does not say it has none", (each, values) => {
    expect(engineOf({ each }, { programs: PROGRAMS }).targets.map(({ member }) => member)).toEqual(values);
  });

  it("adds the queues of programs at one site together", () => {
    expect(members({ each: "site" })).toEqual([
      ["service-level@Cebu", "Service level, Cebu", "Cebu", ["sales-en", "sales-de", "care"]],
      ["service-level@Lisbon", "Service level, Lisbon", "Lisbon", ["care-night"]],
    ]);
  });

  it("stays whole where there is no member, so that no promise vanishes", () => {
    expect(members({ each: "queue" }, { programs: [] })).toEqual([["service-level", "Service level", null, "all"]]);
  });

  it("keeps the id as written as its base", () => {
    expect(engineOf({ each: "site" }, { programs: PROGRAMS }).targets.map(({ base }) => base)).toEqual(["service-level", "service-level"]);
  });

  it("gives every member a verdict of its own", () => {
    const queues = [intervalsOf([served("2026-03-02", 9, 10)], "sales-en"), intervalsOf([served("2026-03-02", 1, 10)], "care-night")];
    const context = engineOf({ each: "site", windows: ["month"] }, { programs: PROGRAMS });
    expect(verdictsOf(context, queues, "2026-05-01T00:00:00Z").map(({ targetId, status }) => [targetId, status])).toEqual([
      ["service-level@Cebu", "met"],
      ["service-level@Lisbon", "missed"],
    ]);
  });
});

describe("hours", () => {
  const queues = [
    intervalsOf([served("2026-03-02T13:00:00Z", 0, 10), served("2026-03-02T08:00:00Z", 5, 5)], "care"),
    intervalsOf([served("2026-03-02T13:00:00Z", 20, 20)], "care-night"),
  ];
  const options = { now: "2026-05-01T00:00:00Z", window: "day" } as const;

  it.each([
    ["named by its program", { programs: ["care", "night"] }],
    ["named by itself", { queues: ["care", "care-night"] }],
    ["one of all", {}],
  ] as const)("of a program hold for its queue, %s; other queues have the agreement's", (_, target) => {
    const named = "queues" in target ? { queues: [...target.queues] } : "programs" in target ? { programs: [...target.programs] } : {};
    expect(verdictOf(engineOf(named, { programs: PROGRAMS }), queues, options)).toMatchObject({ value: { num: 25, den: 25 } });
  });

  it("of a program take holidays from the agreement where it has none of its own", () => {
    const context = engineOf({ queues: ["care"] }, { programs: PROGRAMS, holidays: ["2026-03-02"] });
    expect(verdictOf(context, queues, options).status).toBe("not-counted");
  });
});
