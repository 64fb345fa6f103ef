import type { Alert, TransitionKind } from "../../shared/alerts/alert.ts";
import type { StreamEvent } from "../../shared/protocol/live.ts";
import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import type { Announcer, Urgency } from "../live/announcer.ts";
import { claimKindWords } from "../live/claim-words.ts";
import type { LiveStore } from "../live/live-store.ts";
import { restatementFinding } from "../live/restatement-words.ts";

/** What one event is worth saying aloud, or `null`: changing figures never are. */
export function announcementOf(agreement: string, event: StreamEvent): { readonly urgency: Urgency; readonly text: string } | null {
  if (event.kind === "alert:changed") {
    return alertAnnouncement(agreement, event.alert);
  }
  if (event.kind === "version:changed") return versionAnnouncement(agreement, event);
  if (event.kind === "claim:changed") return claimAnnouncement(agreement, event.claim);
  if (event.kind === "restatement:made")
    return { urgency: "polite", text: `Correction, ${agreement}: ${restatementFinding(event.restatement)}.` };
  if (event.kind !== "receipt:changed") return null;
  const { receipt } = event;
  if (receipt.state === "applied" && receipt.counts.rejected > 0) {
    return { urgency: "polite", text: `${receipt.filename} is applied, ${receipt.counts.rejected} rows refused.` };
  }
  return receipt.state === "rejected" ? { urgency: "polite", text: `${receipt.filename} was refused.` } : null;
}

/** What people did, continuing their name. */
const DEEDS: Partial<Record<TransitionKind, string>> = { acknowledged: "acknowledged", closed: "resolved", snoozed: "snoozed" };

function alertAnnouncement(agreement: string, { history, severity, headline }: Alert) {
  const last = history.at(-1);
  if (last === undefined || last.quiet === true) return null;
  const isNew = last.kind === "raised" || last.kind === "worsened" || last.kind === "reopened";
  if (last.kind === "changed") return { urgency: "polite" as const, text: `Another reason, ${agreement}: ${headline}.` };
  if (isNew && severity === "critical") return { urgency: "urgent" as const, text: `New critical alert, ${agreement}: ${headline}.` };
  if (isNew) return { urgency: "polite" as const, text: `New alert, ${agreement}: ${headline}.` };
  const deed = DEEDS[last.kind];
  return deed === undefined ? null : { urgency: "polite" as const, text: `${last.by} ${deed}: ${headline}.` };
}

const VERSION_WORDS = {
  proposed: "waits for signatures",
  signed: "is signed by both sides",
  "in-force": "is in force",
  declined: "was declined",
  withdrawn: "was withdrawn",
} as const;

function versionAnnouncement(agreement: string, { version, state }: Extract<StreamEvent, { kind: "version:changed" }>) {
  return { urgency: "polite" as const, text: `Version ${version} of ${agreement} ${VERSION_WORDS[state]}.` };
}

const CLAIM_WORDS = {
  claimed: "waits for a decision",
  accepted: "was accepted",
  partly: "was accepted in part",
  rejected: "was rejected",
  lapsed: "has lapsed",
  withdrawn: "was withdrawn",
} as const;

function claimAnnouncement(agreement: string, { id, kind, state }: ExclusionClaim) {
  const what = claimKindWords(kind);
  const text = `Claim ${id} of ${agreement}, ${what.slice(0, 1).toLowerCase()}${what.slice(1)}, ${CLAIM_WORDS[state]}.`;
  return { urgency: "polite" as const, text };
}

/** Tells the announcer of what arrives, and of the line going and coming back. Returns the way to stop. */
export function announceEntries(store: LiveStore, announcer: Announcer): () => void {
  const stopEntries = store.onEntries((agreementId, entries) => {
    const agreement = store.getView().agreements.get(agreementId)?.agreement.name ?? agreementId;
    for (const entry of entries) {
      const said = announcementOf(agreement, entry.event);
      if (said !== null) announcer.say(said.urgency, said.text);
    }
  });
  let wasLost = false;
  const stopView = store.subscribe(() => {
    const { connection } = store.getView();
    const isLost = connection === "lost" || connection === "offline" || connection === "store-down" || connection === "unjudged";
    const why = connection === "unjudged" ? "Nothing is judged right now." : "Connection lost.";
    if (isLost && !wasLost) announcer.say("polite", `${why} The figures are no longer live.`);
    if (wasLost && connection === "live") announcer.say("polite", "Live again.");
    if (isLost || connection === "live") wasLost = isLost;
  });
  return () => {
    stopEntries();
    stopView();
  };
}
