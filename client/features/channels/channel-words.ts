import type { AlertSeverity } from "../../../shared/agreement/alert-clauses.ts";
import { inVain } from "../../../shared/alerts/channel-health.ts";
import type { ChannelKind } from "../../../shared/alerts/channel-kind.ts";
import type { AlertDelivery } from "../../../shared/alerts/delivery.ts";
import type { ChannelView } from "../../../shared/protocol/channels.ts";
import type { MarkKind } from "../../ui/status/mark.tsx";

export const KIND_WORDS: Readonly<Record<ChannelKind, string>> = { webhook: "Webhook", slack: "Slack", teams: "Microsoft Teams" };

export const FROM_WORDS: Readonly<Record<AlertSeverity, string>> = {
  warning: "everything",
  high: "high and critical",
  critical: "critical only",
};

export const STATE_WORDS = {
  planned: { mark: "notcounted", word: "Waits" },
  sending: { mark: "notcounted", word: "Being sent" },
  sent: { mark: "met", word: "Sent" },
  failed: { mark: "missed", word: "Failed" },
  unknown: { mark: "risk", word: "Unknown" },
  dropped: { mark: "notcounted", word: "Not sent" },
} as const satisfies Record<AlertDelivery["state"], { mark: MarkKind; word: string }>;

const VAIN_WORDS = { refused: "Refused", "not answered": "No answer,", "refused or not answered": "Refused or no answer," } as const;

/** How it stands with a channel, as a mark and words. */
export function channelState({ enabled, health }: ChannelView): { readonly mark: MarkKind; readonly word: string } {
  if (!enabled) return { mark: "notcounted", word: "Switched off" };
  if (health.disabled !== null) return { mark: "missed", word: "Switched off by Accord" };
  if (health.refusedInRow > 0) return { mark: "risk", word: `${VAIN_WORDS[inVain(health)]} ${health.refusedInRow} in a row` };
  return health.lastSentAtMs === null ? { mark: "notcounted", word: "Nothing sent yet" } : { mark: "met", word: "Works" };
}

/** The page's heading: what somebody should know first. */
export function channelsFinding(channels: readonly ChannelView[], deliveries: readonly AlertDelivery[], mailFrom: string | null): string {
  const off = channels.filter(({ health }) => health.disabled !== null);
  const [first] = off;
  if (first !== undefined && off.length === 1) return `Nothing more goes to ${first.name}: Accord has switched it off`;
  if (off.length > 1) return `Accord has switched off ${off.length} channels`;
  const open = deliveries.filter(({ state }) => state === "failed" || state === "unknown").length;
  if (open > 0) return open === 1 ? "One message did not arrive, or may not have" : `${open} messages did not arrive, or may not have`;
  if (channels.length === 0 && mailFrom === null) return "Nobody is told outside this page so far";
  return "Alerts are told as they should be";
}
