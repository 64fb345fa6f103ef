import { describe, expect, it } from "vitest";
import { findings, places, plant } from "../../../../support/planted-agreement.ts";

/** What is planted in the agreement and in its first target, where it is found, and words of the message. */
type Case = readonly [title: string, agreement: string, target: string, place: string, message: string];

function expectOne([, agreement, target, place, message]: Case): void {
  const found = findings(plant(agreement, target));
  expect([...new Set(places(found))]).toEqual(place === "" ? [] : [place]);
  if (place !== "") expect(found[0]?.message).toContain(message);
}

describe("alerts", () => {
  const alerts = (rest: string): string => `alerts: { ${rest} }`;
  const spend = (volume: number, budget: number): string => alerts(`spend: [{ volume: ${volume}, budget: ${budget}, severity: high }]`);

  const drift = (rest: string): string => alerts(`drift: { ${rest} }`);

  it.each<Case>([
    ["the clauses of the example", alerts("missProbability: { warning: 0.2, high: 0.4, critical: 0.8 }, hold: PT15M"), "", "", ""],
    [
      "levels that do not rise",
      alerts("missProbability: { warning: 0.5, high: 0.5, critical: 0.9 }"),
      "",
      "error alerts.missProbability",
      "do not rise",
    ],
    ["a pace of use at 80 %: 3", spend(0.02, 0.06), "", "", ""],
    [
      "a pace that can never come: 5 at 80 %",
      spend(0.02, 0.1),
      "",
      "error alerts.spend.0",
      "a pace of 5.0; if every contact missed, sl would have 5.00",
    ],
    ["a pace that hardly ever comes: 4.5 at 80 %", spend(0.02, 0.09), "", "error alerts.spend.0", "5.00"],
    ["a pace that comes at once", spend(0.1, 0.1), "", "warning alerts.spend.0", "no faster than spending it evenly"],
    ["a pace where nothing has a budget", spend(0.02, 0.06), "windows: [day]", "error alerts.spend.0", "No target has a budget"],
    [
      "two rules for one volume",
      alerts("spend: [{ volume: 0.1, budget: 0.2, severity: high }, { volume: 0.1, budget: 0.3, severity: critical }]"),
      "",
      "error alerts.spend.1.volume",
      "same share",
    ],
    [
      "a chain without the provider",
      alerts("escalation: { high: [{ to: qa-lead, within: PT1H }] }"),
      "",
      "warning alerts.escalation.high",
      "the provider",
    ],
    [
      "a chain without the client",
      alerts("escalation: { high: [{ to: provider, within: PT1H }] }"),
      "",
      "warning alerts.escalation.high",
      "the client",
    ],
    [
      "an acknowledgement that outlasts the day",
      alerts("acknowledgedFor: { warning: P2D }"),
      "",
      "warning alerts.acknowledgedFor.warning",
      "a day",
    ],
    ["the same of a target that is judged by months", alerts("acknowledgedFor: { warning: P2D }"), "windows: [month]", "", ""],
    ["drift with an agreed baseline", drift("toleratePerMonth: 0.5, baselines: { sl: { from: 2026-01-05, to: 2026-03-01 } }"), "", "", ""],
    ["drift of a target that is not there", drift("watch: [sl, ls]"), "", "error alerts.drift.watch.1", 'no target "ls"'],
    [
      "a baseline of one that is not there",
      drift("baselines: { ls: { from: 2026-01-05, to: 2026-03-01 } }"),
      "",
      "error alerts.drift.baselines.ls",
      'no target "ls"',
    ],
    [
      "a baseline that ends before it begins",
      drift("baselines: { sl: { from: 2026-03-01, to: 2026-01-05 } }"),
      "",
      "error alerts.drift.baselines.sl",
      "before it begins",
    ],
    [
      "a baseline too short to say what is usual",
      drift("baselines: { sl: { from: 2026-01-05, to: 2026-01-28 } }"),
      "",
      "error alerts.drift.baselines.sl",
      "24 days",
    ],
    ["a hold as long as the day", alerts("hold: P1D"), "", "warning alerts.hold", "a whole day"],
  ])("%s", (...one) => expectOne(one));
});
