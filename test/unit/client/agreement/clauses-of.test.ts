import { describe, expect, it } from "vitest";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { clausesOf } from "../../../../client/features/agreement/clauses-of.ts";
import { versionsOfStory } from "../../../support/client-versions.ts";

const NBSP = "\u00a0";
const voice = versionsOfStory("acme-voice").find(({ version }) => version === 3)?.agreement;
if (voice === undefined) throw new Error("the story has a third version");

function says(agreement: Agreement, path: string): string | undefined {
  return clausesOf(agreement).find((clause) => clause.path === path)?.says;
}

/** The story's agreement with parts of it replaced. */
function changed(part: Record<string, unknown>): Agreement {
  return Agreement.parse({ ...voice, ...part });
}

function withTarget(part: Record<string, unknown>): Agreement {
  return changed({ targets: [{ ...voice?.targets[0], ...part }] });
}

describe("the clauses of an agreement", () => {
  it("stand under the headings in their order, each path once", () => {
    const clauses = clausesOf(voice);
    expect([...new Set(clauses.map(({ heading }) => heading))]).toEqual([
      "Term and parties",
      "Programs and hours",
      "Targets",
      "Ramp-up",
      "Volume",
      "Exclusions",
      "Money",
      "Improvement",
      "Ending",
      "Deadlines",
    ]);
    expect(new Set(clauses.map(({ path }) => path)).size).toBe(clauses.length);
    for (const clause of clauses) expect(clause.says, clause.path).toMatch(/[.”]$/u);
  });

  it.each([
    ["parties", "“Acme Voice” binds Acme Insurance, the client, and Bayanihan Contact, the provider."],
    ["effectiveFrom", "Version 3 applies from 1 Jul 2026 until a later version replaces it."],
    ["timeZone", "Days, weeks and months follow the clock of Manila (Asia/Manila). A week begins on Monday."],
    ["serviceHours", "It is measured Monday to Saturday 06:00 to 22:00."],
    ["holidays", "Nothing is measured on 1 Nov 2026 and 25 Dec 2026."],
    ["programs.claims", "Claims (voice, English, Manila) is served by the queues Claims and Claims overflow."],
    ["targets.service-level.expected", "At least 80 %, judged for each day and each calendar month. The minimum level is 75 %."],
    ["targets.service-level.clock", "The clock of a wait starts as the contact enters the queue."],
    ["targets.aht.ramp", "Since go-live other levels hold: 8:00 in the weeks 1 to 4 and 7:15 in the weeks 5 to 8."],
    ["targets.csat.minimumSample", "With fewer than 50 in a window nothing is proven and there is no verdict."],
    ["targets.csat.class", "It is only watched and never carries money."],
    ["ramp", "Go-live is on 12 Jan 2026. No credits are due for periods that begin in its first 8 weeks."],
    ["volume.upper", "A day with more than 115 % of its forecast is not counted."],
    ["volume.lower", "A day with less than 85 % of its forecast still counts."],
    ["exclusions.decideWithin", "The other side decides within 10 days. A claim left undecided lapses."],
    ["fees", `The fees are EUR${NBSP}120,000 per month.`],
    ["credits.atRisk", "Credits are settled by the month and never exceed 10 % of its fees."],
    [
      "credits.scheme.categories.speed",
      "70 % of the amount at risk is the pool “speed”. Of it, a miss costs: Service level 50 % and Abandonment 20 %.",
    ],
    [
      "earnBack",
      "A credit is earned back when the next 3 periods in a row are without a default. Defaults beyond the minimum level never are.",
    ],
    [
      "termination.same-target",
      "The agreement may be ended when one target is missed 3 times within 6 periods. Notice must be given within 60 days.",
    ],
    ["deadlines.claimCreditWithin", "The client claims its credits within 15 days after a period ends, or they lapse."],
  ])("%s says: %s", (path, sentence) => {
    expect(says(voice, path)).toBe(sentence);
  });

  it("days in a row are a span, also over the weekend; days apart are listed", () => {
    const block = (days: string[]) => changed({ serviceHours: [{ days, from: "08:00", to: "18:00" }] });
    expect(says(block(["mon", "tue", "wed", "thu", "sun"]), "serviceHours")).toBe("It is measured Sunday to Thursday 08:00 to 18:00.");
    expect(says(block(["mon", "wed", "fri"]), "serviceHours")).toBe("It is measured Monday, Wednesday and Friday 08:00 to 18:00.");
    expect(says(block(["sat", "sun"]), "serviceHours")).toBe("It is measured Saturday and Sunday 08:00 to 18:00.");
    expect(says(block(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), "serviceHours")).toBe("It is measured every day 08:00 to 18:00.");
  });

  it("a day of a metric that should be low stays within its level", () => {
    const target = withTarget({
      measure: { metric: "aht" },
      expected: "90 %",
      minimum: undefined,
      aggregation: { by: "days-met", level: "6:30" },
    });
    expect(says(target, "targets.service-level.aggregation")).toBe(
      "The figure of a window is the share of its days with contacts that stay within 6:30.",
    );
  });

  it("a band names both ends", () => {
    expect(says(withTarget({ direction: "within", notBelow: "70 %", minimum: undefined }), "targets.service-level.expected")).toBe(
      "Between 70 % and 80 %, both included, judged for each day and each calendar month.",
    );
  });

  it.each([
    [
      { by: "intervals-met", level: "80 %", minutes: 30 },
      "The figure of a window is the share of its 30-minute intervals with contacts that reach 80 %.",
    ],
    [{ by: "days-met", level: "75 %" }, "The figure of a window is the share of its days with contacts that reach 75 %."],
    [
      { by: "mean-of-days", dp: 1 },
      "The figure of a window is the plain mean of its daily figures, each rounded half up to 1 decimal first.",
    ],
    [{ by: "ratio-of-sums" }, undefined],
  ])("an aggregation by %o is said, unless it is the plain one", (aggregation, sentence) => {
    expect(says(withTarget({ aggregation }), "targets.service-level.aggregation")).toBe(sentence);
  });

  it("rolling windows, members and programs are named", () => {
    const target = withTarget({ windows: ["rolling-28d", "rolling-3m"], each: "queue", programs: ["claims"] });
    expect(says(target, "targets.service-level.expected")).toContain("judged for each 28 days in a row and each 3 months in a row.");
    expect(says(target, "targets.service-level.programs")).toBe(
      "It counts the program Claims. Each queue has a verdict of its own. It is read from the feed acd-intervals.",
    );
  });

  it("not measuring is a default only where the agreement says so", () => {
    expect(says(voice, "targets.service-level.onNoData")).toBeUndefined();
    expect(says(withTarget({ onNoData: "default" }), "targets.service-level.onNoData")).toBe(
      "A closed window without data counts as missed: not measuring is a default.",
    );
  });

  it("points by table (TELUS) and by ratchet (PFI) say their prices", () => {
    const points = { "service-level": { expected: 5, minimum: 10 }, abandonment: { expected: 2 } };
    const credits = (price: unknown) => changed({ credits: { ...voice.credits, scheme: { kind: "points", points, price } } });
    const table = credits({
      by: "table",
      rows: [
        { from: 5, credit: "0 %" },
        { from: 10, credit: "2 %" },
      ],
    });
    expect(says(table, "credits.scheme.points")).toBe(
      "A miss costs points: Service level 5 (10 beyond the minimum level) and Abandonment 2.",
    );
    expect(says(table, "credits.scheme.price")).toBe(
      "The sum of points sets the credit: from 5 points 0 % and from 10 points 2 % of the fees.",
    );
    const bands = [{ to: 100, factor: "1.0" }, { to: 200, factor: "1.2" }, { factor: "1.5" }];
    expect(says(credits({ by: "ratchet", free: 20, perPoint: "3", bands }), "credits.scheme.price")).toBe(
      `20 points are free. Each further point costs EUR${NBSP}3, times 1.0 up to 100, times 1.2 up to 200 and times 1.5 beyond.`,
    );
  });

  it("bands name their steps, for a member by its name", () => {
    const targets = {
      "service-level@Claims": [
        { beyond: "78 %", credit: "2 %" },
        { beyond: "75 %", credit: "5 %" },
      ],
    };
    const agreement = changed({ credits: { ...voice.credits, scheme: { kind: "bands", targets } } });
    expect(says(agreement, "credits.scheme.targets.service-level@Claims")).toBe(
      "Service level, Claims costs 2 % of the fees beyond 78 % and 5 % of the fees beyond 75 %. The worst band passed counts.",
    );
  });

  it("an agreement that says little has few clauses and no empty heading", () => {
    const [chat] = versionsOfStory("acme-chat").slice(-1);
    expect(chat === undefined ? [] : [...new Set(clausesOf(chat.agreement).map(({ heading }) => heading))]).toEqual([
      "Term and parties",
      "Programs and hours",
      "Targets",
    ]);
  });

  it("say who answers alerts within what time, and what raises them before a window is over", () => {
    const alerts = {
      escalation: {
        critical: [
          { to: "provider", within: "PT15M" },
          { to: "qa-lead", within: "P1DT12H" },
        ],
      },
      acknowledgedFor: { high: "PT8H" },
      hold: "PT30M",
      keepFiring: "PT1H",
      reopenWithin: "PT2H",
      missProbability: { warning: 0.25, high: 0.5, critical: 0.9 },
      spend: [{ volume: 0.02, budget: 0.06, severity: "high" }],
      drift: { toleratePerMonth: 2, watch: "all", baselines: { aht: { from: "2026-05-04", to: "2026-06-28" } } },
    };
    const clauses = clausesOf(changed({ alerts })).filter(({ heading }) => heading === "Alerts");
    expect(clauses.map(({ path, says: words }) => `${path}: ${words.replaceAll(NBSP, " ")}`)).toEqual([
      "alerts.escalation.critical: A critical alert is to be answered by the provider within 15 minutes, else by the client's QA lead within 1 day and 12 hours.",
      "alerts.acknowledgedFor.high: Whoever answers a high alert gives the next update within 8 hours.",
      "alerts.hours: The time to answer passes in service hours only, that of a critical alert around the clock.",
      "alerts.hold: A figure is told of when it has been on the wrong side for 30 minutes, or three of the last five times it was judged, and at once when its window is over.",
      "alerts.keepFiring: An alert is over when all has been well for 1 hour.",
      "alerts.reopenWithin: What comes again within 2 hours is the same alert.",
      "alerts.missProbability: A window that will be missed with a probability of 25 % or more raises a warning, from 50 % on a high and from 90 % on a critical alert.",
      "alerts.spend.0: A high alert comes when 6 % of the misses that a window allows have come within 2 % of its contacts.",
      "alerts.drift: The figures of all targets are watched for drift, with at most 2 false alarms a month, all of them together.",
      "alerts.drift.baselines.aht: What is usual of aht is how it was from 4 May 2026 to 28 Jun 2026.",
    ]);
    expect(says(changed({ alerts: { hours: "always" } }), "alerts.hours")).toBe("The time to answer passes around the clock.");
    expect(clausesOf(changed({})).filter(({ heading }) => heading === "Alerts")).toEqual([]);
  });
});
