import { createHistory, type AgreementHistory, type VersionDocument } from "../../shared/agreement/history.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { FeedFacts } from "../../shared/facts/fact-table.ts";
import { sealVerdict } from "../../shared/ledger/seal-verdict.ts";
import { judgeAll } from "../../shared/outlook/judge-all.ts";
import type { Outlook } from "../../shared/outlook/outlook.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import { exclusionsOf } from "../../shared/settlement/exclusions-of.ts";
import { settle } from "../../shared/settlement/settle.ts";
import type { Settlement } from "../../shared/settlement/settlement.ts";
import { withCredit } from "../../shared/settlement/with-credit.ts";
import { sha256 } from "../../shared/store/sha256.ts";
import type { ReadFacts } from "./read-facts.ts";

/** Everything verdicts come from: versions, data, claims, the locked forecast and the instant at which they are asked for. */
export interface Case {
  readonly documents: readonly VersionDocument[];
  readonly facts: ReadFacts;
  readonly claims: readonly ExclusionClaim[];
  readonly forecast: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

export interface Judged {
  readonly history: AgreementHistory;
  readonly feeds: ReadonlyMap<string, FeedFacts>;
  readonly verdicts: readonly Verdict[];
  /** Where open windows will end. */
  readonly outlooks: readonly Outlook[];
}

/** Judges the whole history at once, exactly as the live system finds it. */
export function judge({ documents, facts, claims, forecast, nowMs }: Case): Judged {
  const history = createHistory(documents);
  const feeds = facts.factsFor(history.latest);
  const { verdicts, outlooks } = judgeAll(history, feeds, { nowMs, exclusions: exclusionsOf(claims), forecast });
  const priced = outlooks.map((outlook) => {
    const context = history.versions.find(({ agreement }) => agreement.version === outlook.version);
    return context === undefined ? outlook : withCredit(outlook, context);
  });
  return { history, feeds, verdicts: verdicts.map((verdict) => sealVerdict(verdict, sha256)), outlooks: priced };
}

/** What the verdicts cost. */
export function settleJudged({ history, verdicts }: Judged, { claims, nowMs }: Case): Settlement {
  return settle({ versions: history.versions, verdicts, claims, nowMs });
}
