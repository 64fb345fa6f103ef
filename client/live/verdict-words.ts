import type { VerdictStatus } from "../../shared/agreement/verdict.ts";
import type { AlertSeverity } from "../../shared/agreement/alert-clauses.ts";
import type { AlertSubject } from "../../shared/alerts/subject.ts";
import type { MarkKind } from "../ui/status/mark.tsx";

interface Words {
  readonly mark: MarkKind;
  readonly word: string;
  /** How the word continues "Service level ...". */
  readonly says: string;
  /** The smaller, the sooner somebody must look. */
  readonly rank: number;
  readonly tally: string;
}

const WORDS = {
  missed: { mark: "missed", word: "Missed", says: "missed", rank: 0, tally: "missed" },
  "at-risk": { mark: "risk", word: "At risk", says: "is at risk", rank: 1, tally: "at risk" },
  "no-data": { mark: "nodata", word: "No fresh data", says: "has no fresh data", rank: 2, tally: "without fresh data" },
  "not-proven": { mark: "unproven", word: "Not proven", says: "is not proven", rank: 3, tally: "not proven" },
  "not-derivable": { mark: "underivable", word: "Not derivable", says: "is not derivable", rank: 4, tally: "not derivable" },
  met: { mark: "met", word: "On target", says: "is on target", rank: 5, tally: "on target" },
  "not-counted": { mark: "notcounted", word: "Not counted", says: "is not counted", rank: 6, tally: "not counted" },
} as const satisfies Record<VerdictStatus, Words>;

export function wordsOf(status: VerdictStatus): Words {
  return WORDS[status];
}

/** The mark of an alert by what it is about: silence is missing data, whatever its severity. */
export function alertMark({ kind }: AlertSubject, severity: AlertSeverity): MarkKind {
  if ((kind === "feed" || kind === "provider") && severity === "critical") return "nodata";
  return severity === "critical" ? "missed" : "risk";
}
