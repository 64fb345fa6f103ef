import { whenOf } from "../../shared/agreement/headline.ts";
import type { VerdictStatus } from "../../shared/agreement/verdict.ts";
import type { SignalEvent } from "../../shared/alerts/signal-event.ts";
import type { Restatement } from "../../shared/protocol/restatement.ts";
import { EVIDENCE_ALARM, leaningEvidence } from "../../shared/stats/e-process.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";

const WORDS: Readonly<Record<VerdictStatus, string>> = {
  met: "on target",
  "at-risk": "at risk",
  missed: "missed",
  "not-proven": "not proven",
  "no-data": "no data",
  "not-derivable": "not derivable",
  "not-counted": "not counted",
};

function turned({ stored, card }: { readonly stored: StoredAgreement; readonly card: Restatement }): string {
  const [first] = card.verdicts;
  if (first === undefined) return "";
  const targets = stored.history.versions.flatMap((version) => version.targets);
  const name = targets.find(({ target }) => target.id === first.targetId)?.target.name ?? first.targetId;
  const count = card.flipped === 1 ? "a closed verdict" : `${card.flipped} closed verdicts, first`;
  return `${count}: ${name}, ${whenOf(first.window)}, ${WORDS[first.old.status]} before, ${WORDS[first.new.status]} now`;
}

/** What serves the other side or neither is no further evidence of it: what was told and seen of the leaning is not told again for that. */
function leans({ favour, favours: { provider, client } }: Restatement): boolean {
  return favour === "provider" && leaningEvidence({ lean: provider, other: client }) >= EVIDENCE_ALARM;
}

/** What a correction says to alerts: closed verdicts that it turned, and whether the corrections of its feed lean to the provider. */
export function correctionSignals(stored: StoredAgreement, card: Restatement, nowMs: number): SignalEvent[] {
  const about = { agreementId: stored.agreement.id, nowMs } as const;
  const { provider, client } = card.favours;
  const feed = stored.feed(card.feed)?.name ?? card.feed;
  const signals: SignalEvent[] = [];
  if (card.flipped > 0)
    signals.push({
      ...about,
      subject: { kind: "restatement", receipt: card.receipt },
      signal: "critical",
      headline: `Receipt ${card.receipt} corrected what was known and turned ${turned({ stored, card })}`,
    });
  if (leans(card))
    signals.push({
      ...about,
      subject: { kind: "corrections", feed: card.feed },
      signal: "warning",
      headline: `Corrections of feed "${feed}" favour the provider: ${provider} of ${provider + client}`,
    });
  return signals;
}
