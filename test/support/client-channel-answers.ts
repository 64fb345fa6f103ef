import { UNTRIED } from "../../shared/alerts/channel-health.ts";
import type { AlertDelivery } from "../../shared/alerts/delivery.ts";
import { ChannelList, type ChannelView } from "../../shared/protocol/channels.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;

function channels(nowMs: number): ChannelView[] {
  const common = { enabled: true, changedAtMs: nowMs - 20 * DAY_MS, changedBy: "Nora Bayani" };
  const well = { ...UNTRIED, lastSentAtMs: nowMs - 12 * MINUTE_MS };
  const why = "It has refused 9 times in a row for a day or more, last: Answered 404";
  const gone = {
    ...UNTRIED,
    refusedInRow: 9,
    refusedSinceMs: nowMs - 2 * DAY_MS,
    lastSentAtMs: nowMs - 2 * DAY_MS,
    disabled: { atMs: nowMs - DAY_MS, why },
  };
  return [
    { ...common, id: "c-1", kind: "slack", name: "#floor-alerts", minSeverity: "warning", host: "hooks.slack.com", health: well },
    { ...common, id: "c-2", kind: "webhook", name: "Ticket system", minSeverity: "high", host: "tickets.bayanihan.example", health: gone },
    {
      ...common,
      id: "c-3",
      kind: "teams",
      name: "Managers",
      minSeverity: "critical",
      host: "prod.westeurope.logic.azure.com",
      health: { ...UNTRIED, refusedInRow: 3, unansweredInRow: 3, refusedSinceMs: nowMs - 3 * MINUTE_MS },
    },
  ];
}

function deliveries(nowMs: number): AlertDelivery[] {
  const line = (minutesAgo: number, rest: Partial<AlertDelivery> & Pick<AlertDelivery, "key" | "state">): AlertDelivery => ({
    alertId: "voice.asa.day",
    seq: 1,
    kind: "raised",
    severity: "critical",
    headline: "Average speed of answer 41 s today, agreed at most 30 s",
    channel: "c-1",
    party: "provider",
    to: "#floor-alerts",
    plannedAtMs: nowMs - minutesAgo * MINUTE_MS,
    dueMs: null,
    reason: "",
    round: 1,
    roundAtMs: nowMs - minutesAgo * MINUTE_MS,
    message: null,
    attempts: [],
    ...rest,
  });
  return [
    line(2, {
      key: "1",
      state: "planned",
      to: "nora@bayanihan.example",
      dueMs: nowMs + 300 * MINUTE_MS,
      reason: "Waits for the end of quiet hours",
    }),
    line(12, { key: "2", state: "sent" }),
    line(12, { key: "3", state: "unknown", to: "Managers", reason: "It was sent, and no answer came" }),
    line(2000, { key: "4", state: "failed", to: "Ticket system", reason: "Answered 404" }),
    line(2100, { key: "5", state: "dropped", to: "paolo@bayanihan.example", reason: "Nora Bayani had acknowledged before" }),
  ];
}

/** Channels of every kind and state, and a message in each way in which one can end. */
export function channelAnswer(pathname: string, nowMs: number): unknown {
  if (pathname.endsWith("/channels")) return ChannelList.parse({ channels: channels(nowMs), mailFrom: "Accord <accord@acme.example>" });
  if (pathname.endsWith("/deliveries")) return deliveries(nowMs);
  return pathname === "/api/v1/me/telling" ? { quiet: { from: "22:00", to: "07:00", timeZone: "Asia/Manila" }, digest: null } : undefined;
}
