import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { biasWords, criticalWords, limitWords, lineWords, scoreWords } from "../../../client/features/calibration/calibration-words.ts";
import { namesOf } from "../../../client/features/calibration/find-records.ts";
import { readCoachingForm } from "../../../client/features/coaching/read-coaching-form.ts";
import { type ScoredTwice, scorerAgreement } from "../../../shared/drift/scorer-agreement.ts";

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

const TYPED = { kind: "script", startDay: "2026-09-01", days: "28", words: " New greeting ", queues: "", agents: "", joinedAfter: "" };

describe("a coaching form", () => {
  it("names queues and agents with commas or lines between, and leaves out what is blank", () => {
    expect(readCoachingForm(formOf({ ...TYPED, queues: "claims, motor\n", agents: "" }), "aht")).toEqual({
      targetId: "aht",
      kind: "script",
      cohort: { queues: ["claims", "motor"] },
      startDay: "2026-09-01",
      days: 28,
      words: "New greeting",
    });
    expect(readCoachingForm(formOf({ ...TYPED, joinedAfter: "2026-08-17" }), "aht").cohort).toEqual({ joinedAfter: "2026-08-17" });
  });

  it("is refused where nobody is named, or no word is said", () => {
    expect(() => readCoachingForm(formOf(TYPED), "aht")).toThrow("Nobody is named.");
    expect(() => readCoachingForm(formOf({ ...TYPED, queues: "claims", words: " " }), "aht")).toThrow("Something is missing");
  });
});

describe("what is said of a calibration", () => {
  const plain = (text: string | null): string => (text ?? "").replaceAll("\u00a0", " ");
  const twice = (differences: readonly number[], critical: ScoredTwice["critical"] = [null, null]): ScoredTwice[] =>
    differences.map((difference) => ({ evaluator: null, first: 0.8, second: 0.8 + difference, critical }));

  it("names the more generous scorer where a bias is proven, and none where chance may have made it", () => {
    expect(plain(biasWords(scorerAgreement(twice([-0.04, -0.06, -0.05, -0.05]))))).toBe(
      "The first scorer gives 5.0 pp more (90 %: 4.0 pp to 6.0 pp)",
    );
    expect(plain(biasWords(scorerAgreement(twice([0.04, 0.06, 0.05, 0.05]))))).toContain("The second scorer gives 5.0 pp more");
    expect(plain(biasWords(scorerAgreement(twice([-0.05, 0.05, 0.02, -0.02]))))).toMatch(
      /^No bias is proven: second less first is 0.0\d? pp/u,
    );
    expect(biasWords(scorerAgreement([]))).toContain("Too few");
  });

  it("gives limits of agreement and critical errors with what each alone has found", () => {
    const found = [...twice([0.1, -0.1, 0], [true, true]), ...twice([0], [false, true]), ...twice([0, 0, 0, 0], [false, false])];
    const agreement = scorerAgreement(found);
    expect(plain(limitWords(agreement))).toMatch(/^19 of 20 evaluations differ by −10.5 pp to \+10.5 pp\.$/u);
    expect(plain(criticalWords(agreement))).toBe(
      "On critical errors they agree in 7 of 8 (95 %: 53 % to 98 %; kappa 0.75; 1 is always, 0 is chance): 3 found by both, 0 by the first alone, 1 by the second alone.",
    );
    expect(criticalWords(scorerAgreement(twice([0, 0])))).toContain("nothing can be said");
  });

  it("counts what is left, and writes points as the form does", () => {
    expect(lineWords({ done: 3, size: 12, result: null })).toBe("3 of 12 are scored; first scores are shown when all are.");
    expect(plain(lineWords({ done: 4, size: 5, result: scorerAgreement(twice([-0.04, -0.06, -0.05, -0.05])) }))).toBe(
      "The first scorer gives 5.0 pp more (90 %: 4.0 pp to 6.0 pp); 4 scored twice.",
    );
    expect(scoreWords({ earned: 8250, possible: 10_000, critical: true })).toBe("82.50 of 100, critical error");
  });

  it("finds records by their ids without sending these anywhere", () => {
    const name = createHash("sha256").update("QA-17").digest("hex").slice(0, 24);
    expect([...namesOf(" QA-17 \n\nQA-18").entries()][0]).toEqual([name, "QA-17"]);
  });
});
