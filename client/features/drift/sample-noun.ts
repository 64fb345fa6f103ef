import type { TargetView } from "../../../shared/protocol/live.ts";

const NOUNS: Readonly<Record<string, string>> = {
  "qa-score": "evaluations",
  accuracy: "evaluations",
  calibration: "evaluations",
  csat: "answers",
  nps: "answers",
  "fcr/survey": "answers",
  "response-rate": "invitations",
  attrition: "agent-days",
};

/** Their figures divide times, so that what stands below the line is no count of anything. */
const TIMED = ["occupancy", "adherence", "conformance", "shrinkage", "schedule-coverage", "forecast-accuracy", "backlog", "backlog-age"];

/** What a target's figures rest on, many of them: `contacts`, `answers`, `evaluations`; `null` where it is nothing that is counted. */
export function sampleNoun({ variant }: Pick<TargetView, "variant">): string | null {
  const metric = variant.split("/")[0] ?? "";
  return TIMED.includes(metric) ? null : (NOUNS[variant] ?? NOUNS[metric] ?? "contacts");
}
