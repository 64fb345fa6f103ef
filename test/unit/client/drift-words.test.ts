import { describe, expect, it } from "vitest";
import { correlationWords, delayDays, detectionFacts, dispersionWords } from "../../../client/features/drift/detection-words.ts";
import { driftCsv } from "../../../client/features/drift/drift-csv.ts";
import {
  besidesWords,
  budgetWords,
  changeWords,
  contractWords,
  driftFinding,
  leadsWords,
  listFinding,
  rangeWords,
  stateWords,
} from "../../../client/features/drift/drift-words.ts";
import { sampleNoun } from "../../../client/features/drift/sample-noun.ts";
import type { DriftView } from "../../../shared/drift/drift-view.ts";
import { buildVerdict } from "../../support/client-fixture.ts";
import { buildDriftView as view, RISE } from "../../support/drift-view-case.ts";

const TODAY = "2026-09-21";

function plain(text: string | null | undefined): string {
  return (text ?? "").replaceAll("\u00a0", " ");
}

describe("a drift in words", () => {
  it("the heading is the finding, with what was usual, what is now, and since when", () => {
    const heading = (changes: Partial<DriftView>) => plain(driftFinding("Repeat contact", view(changes), TODAY));
    expect(heading({})).toBe("Repeat contact has risen from 10.4 % to 12.9 % since about 26 August");
    expect(heading({ drift: { ...RISE, direction: "down", now: { value: 0.081, n: 9 } } })).toContain("has fallen from 10.4 % to 8.1 %");
    expect(plain(driftFinding("Repeat contact", view(), "2027-02-01"))).toContain("since about 26 August 2026");
    expect(heading({ state: "steady", drift: null })).toBe("Repeat contact is steady at 10.4 %");
    expect(heading({ state: "learning", drift: null, baseline: null })).toBe("What is usual for Repeat contact is not known yet");
    expect(heading({ state: "unusable", drift: null, baseline: null })).toBe("Repeat contact cannot be watched for drift");
  });

  it("a move too small to show in the figure is told by its size", () => {
    const small = { ...RISE, size: { estimate: 0.0004, low: 0.0001, high: 0.0007 }, now: { value: 0.1042, n: 1_000_000 } };
    expect(plain(driftFinding("Repeat contact", view({ drift: small }), TODAY))).toContain("has risen by 0.04 pp to 10.4 %");
  });

  it("a state is a shape and a word, and as grave as its alert, or else as a miss is likely", () => {
    expect(stateWords(view(), null)).toEqual({ mark: "risk", word: "Drifting" });
    expect(stateWords(view(), "critical").mark).toBe("missed");
    expect(stateWords(view({ leads: { missProbability: 0.95, missedOn: null } }), null).mark).toBe("missed");
    expect(stateWords(view({ leads: { missProbability: 0.95, missedOn: null } }), "warning").mark).toBe("risk");
    expect(stateWords(view({ drift: { ...RISE, worse: false } }), null)).toEqual({ mark: "met", word: "Better" });
    expect(stateWords(view({ state: "learning" }), null)).toEqual({ mark: "unproven", word: "Learning" });
    expect(stateWords(view({ state: "unusable" }), null)).toEqual({ mark: "notcounted", word: "Not watched" });
  });

  it("a change has its sign and its 90 % range, in the unit of the metric", () => {
    expect(plain(changeWords(RISE, "ratio").by)).toBe("+2.5 pp");
    expect(plain(changeWords(RISE, "ratio").range)).toBe("+1.9 pp to +3.1 pp");
    const seconds = changeWords({ size: { estimate: -12_000, low: -15_400, high: 0 } }, "duration");
    expect([plain(seconds.by), plain(seconds.range)]).toEqual(["−12.0 s", "−15.4 s to 0.0 s"]);
    expect(rangeWords("2026-08-28", "2026-09-02")).toBe("28 Aug to 2 Sep");
    expect(rangeWords("2026-08-24", "2026-08-28")).toBe("24 to 28 Aug");
    expect(rangeWords("2026-08-24", "2026-08-24")).toBe("24 Aug");
  });

  it("the contract is told apart from the drift, and where the drift leads", () => {
    const verdict = buildVerdict({
      status: "met",
      value: { num: 112, den: 1000 },
      direction: "at-most",
      expected: { mantissa: 12, dp: 2 },
    });
    const words = contractWords(verdict);
    expect(words?.says).toBe("is still met");
    expect(plain(words?.with)).toMatch(/^11\.2 % in .+ against ≤ 12 %$/u);
    expect(contractWords(buildVerdict({ status: "missed" }))?.says).toBe("is missed");
    expect(contractWords(null)).toBeNull();
    expect(leadsWords(view())).toBe(
      "If it goes on like this, the target is missed with the window that ends on 31 Oct; by the outlook the open window is missed with a chance of 31 in 100.",
    );
    expect(leadsWords(view({ leads: { missProbability: null, missedOn: null } }))).toBeNull();
    expect(leadsWords(view({ leads: null }))).toBeNull();
  });

  it("other people who answer are told of, evaluators only by the cause", () => {
    expect(besidesWords({ besides: { kind: "answers", says: "possible response bias: 8 % answer" } })).toBe(
      "Possible response bias: 8 % answer.",
    );
    expect(besidesWords({ besides: { kind: "evaluators", says: "2 pp come from the scoring" } })).toBeNull();
  });

  it("the list says how many have moved, and how many of them for the worse", () => {
    const line = (state: DriftView["state"], worse = true) => ({ state, drift: state === "drifting" ? { ...RISE, worse } : null });
    expect(listFinding([line("drifting"), line("drifting", false), line("steady"), line("learning")])).toBe(
      "2 of 3 watched figures have moved, 1 for the worse",
    );
    expect(listFinding([line("drifting"), line("drifting"), line("steady")])).toBe("2 of 3 watched figures have moved, both for the worse");
    expect(listFinding([line("drifting"), line("steady")])).toBe("1 of 2 watched figures has moved for the worse");
    expect(listFinding([line("drifting", false), line("steady")])).toBe("1 of 2 watched figures has moved, none for the worse");
    expect(listFinding([line("steady"), line("steady")])).toBe("None of 2 watched figures has moved");
    expect(listFinding([line("learning"), line("unusable")])).toBe("No figure can be watched for drift yet");
    expect(listFinding([])).toBe("No figure is watched for drift");
  });

  it("false alarms promised stand beside the alarms that came, and none of these is called false", () => {
    const budget = { toleratePerMonth: 1, series: 9, watched: 1080, promised: 3.22, alarms: 2 };
    expect(budgetWords({ budget })).toBe(
      "False alarms promised: at most 1 a month on average, over 9 figures together. In 1,080 days watched, all figures added up, at most 3.2 were to be expected by chance; 2 alarms came, true ones among them.",
    );
    expect(budgetWords({ budget: { ...budget, watched: 0 } })).toContain("None has been watched for a day yet.");
    expect(budgetWords({ budget: { ...budget, alarms: 0, promised: 0.01 } })).toContain("added up, fewer than 0.1 were to be expected");
    expect(budgetWords({ budget: { ...budget, series: 0 } })).toBe("No figure is watched, so that no false alarm can come.");
  });

  it("the rail says when, how late, with what lead, by which detector and against which baseline", () => {
    const facts = new Map(detectionFacts(view(), "contacts").map(({ name, value, why }) => [name, [plain(value), plain(why)]]));
    expect(facts.get("Onset, most likely")).toEqual(["26 Aug", "90 % range 24 to 28 Aug"]);
    expect(facts.get("Delay")).toEqual(["11 days", "12 days with figures from onset to alarm"]);
    expect(facts.get("Lead over the contract")?.[0]).toBe("55 days");
    expect(facts.get("False alarms allowed")).toEqual(["1 in 335 days", "1 alarm in 57 days watched, true or false"]);
    expect(facts.get("Baseline")).toEqual(["10.4 %", "1 Jun to 26 Jul: 56 days, 48,210 contacts"]);
    expect(facts.get("Days differ")?.[0]).toBe("1.4 times as much as by chance");
    expect(detectionFacts(view({ drift: null }), null).map(({ name }) => name)).not.toContain("Alarm");
    expect(delayDays("2026-08-26", "2026-08-26")).toBe(0);
    expect(dispersionWords(0.9)).toBe("as chance makes them");
    expect(correlationWords(-0.4)).toBe("a lot: low days follow high days");
  });

  it("what a figure rests on has the name of its metric, and none where it divides times", () => {
    const noun = (variant: string) => sampleNoun({ variant });
    expect([noun("qa-score/2026-1"), noun("fcr/survey"), noun("fcr/no-repeat/7"), noun("csat/mean")]).toEqual([
      "evaluations",
      "answers",
      "contacts",
      "answers",
    ]);
    expect(noun("adherence")).toBeNull();
  });

  it("the file has a line for each day with its unit, and a blank where nothing is known", () => {
    const [head, first, ...rest] = driftCsv(view()).split("\r\n");
    expect(head).toBe("day,n,value,expected,limit_low,limit_high,ewma,level_low,level_high,counted,open_or_left_out,unit");
    expect(first).toBe("2026-05-24,900,0.11,0.104,0.073,0.135,0.105,,,yes,no,share of 1");
    expect(rest).toHaveLength(120);
  });
});
