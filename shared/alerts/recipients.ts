import type { AlertSeverity, DutyRole } from "../agreement/alert-clauses.ts";
import { type Party, partyOfRole } from "../settlement/party.ts";
import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";
import type { ChannelKind } from "./channel-kind.ts";
import { type AlertDelivery, deliveryKey } from "./delivery.ts";
import { isClosedEarly, type Notice, STANDING } from "./notice.ts";
import { type QuietHours, quietUntil } from "./quiet-hours.ts";
import { isWorse } from "./signal-event.ts";

const DAY_MS = 86_400_000;
/** News of what is not critical wait for the next such step of the clock, so that one message has them all. */
const GATHER_MS = 30_000;

/** A person of the agreement with the address that messages go to. */
export interface Recipient {
  /** As alerts have it, `person:<id>`. */
  readonly id: string;
  readonly name: string;
  readonly role: DutyRole;
  readonly email: string;
  readonly quiet: QuietHours | null;
}

/** What a side has set up for itself. */
export interface SideChannel {
  readonly id: string;
  readonly party: Party;
  readonly kind: ChannelKind;
  readonly name: string;
  /** What is less pressing is not sent there. */
  readonly minSeverity: AlertSeverity;
  readonly enabled: boolean;
}

export interface Audience {
  /** Without it nobody gets e-mail. */
  readonly hasMail: boolean;
  readonly people: readonly Recipient[];
  readonly channels: readonly SideChannel[];
}

/** They say that it is over: news only where it was told that it began, unless a person says so and the evidence does not. */
const ENDING: ReadonlySet<TransitionKind> = new Set(["resolved", "voided", "closed", "rule-changed"]);

/** The keys under which a channel may have been told earlier of the same alert, where that decides; else none. */
export function earlierKeys({ kind, seq, channel }: AlertDelivery, alert: Alert): string[] {
  if (!ENDING.has(kind)) return [];
  return alert.history.filter((line) => line.seq < seq && line.quiet !== true).map((line) => deliveryKey(alert.id, line.seq, channel));
}

interface Place {
  readonly channel: string;
  readonly party: Party;
  readonly to: string;
  readonly isGathered: boolean;
}

/** Somebody who left the agreement, or whom an alert is not for, hears nothing of it. */
function peopleOf(notice: Notice, alert: Alert, { hasMail, people }: Audience): Place[] {
  const told = people.filter(({ id, role }) => notice.roles.includes(role) || notice.people.includes(id));
  const allowed = hasMail ? told.filter(({ role }) => alert.audience === undefined || partyOfRole(role) === alert.audience) : [];
  return allowed.map(({ id, email, role }) => ({ channel: `mail.${id}`, party: partyOfRole(role), to: email, isGathered: true }));
}

/**
 * A side's chats hear what its roles are asked; what is for one person goes to that person. Machines of both sides hear
 * everything, from when it has been severe enough for them until it is over.
 */
function sidesOf(notice: Notice, alert: Alert, { channels }: Audience): Place[] {
  const sides = new Set(notice.roles.map(partyOfRole));
  const worst = alert.peak ?? alert.severity;
  const now = alert.status === "resolved" ? worst : alert.severity;
  return channels
    .filter(({ enabled, party, kind }) => enabled && (kind === "webhook" || sides.has(party)))
    .filter(({ minSeverity, kind }) => !isWorse(minSeverity, kind === "webhook" ? worst : now))
    .filter(({ party }) => alert.audience === undefined || party === alert.audience)
    .map(({ id, party, name, kind }) => ({ channel: id, party, to: name, isGathered: kind !== "webhook" }));
}

/**
 * The deliveries that a notice becomes: one for each channel of whom it tells. A transition is told within a day or not at
 * all, so that a store that was built anew does not repeat history.
 */
export function planDeliveries(notice: Notice, alert: Alert, audience: Audience, nowMs: number): AlertDelivery[] {
  const transition = alert.history.find(({ seq }) => seq === notice.seq);
  if (transition === undefined) return [];
  const { kind, atMs } = transition;
  const isOld = atMs + DAY_MS < nowMs;
  return [...peopleOf(notice, alert, audience), ...sidesOf(notice, alert, audience)].map(({ isGathered, ...place }) => ({
    ...place,
    key: deliveryKey(notice.alertId, notice.seq, place.channel),
    alertId: notice.alertId,
    seq: notice.seq,
    kind,
    severity: alert.severity,
    headline: alert.headline,
    plannedAtMs: nowMs,
    state: isOld ? "dropped" : "planned",
    dueMs: isOld ? null : isGathered && alert.severity !== "critical" ? (Math.floor(nowMs / GATHER_MS) + 1) * GATHER_MS : nowMs,
    reason: isOld ? "It happened more than a day before" : "",
    round: 1,
    roundAtMs: nowMs,
    message: null,
    attempts: [],
  }));
}

/** Whether machines read it: they are told everything that happened, in any state of the alert. */
function isForMachines({ channel }: AlertDelivery, channels: readonly SideChannel[]): boolean {
  return channels.some(({ id, kind }) => id === channel && kind === "webhook");
}

interface Heard extends Audience {
  /** Whether anything of the same alert was told there before. */
  readonly heard: (delivery: AlertDelivery) => boolean;
}

/**
 * Why a delivery that is about to begin is of no use any more, or `null`: the alert is looked at again, because much may have
 * happened while it waited. What a person asked for by hand is always of use.
 */
export function uselessness(delivery: AlertDelivery, alert: Alert, { people, channels, heard }: Heard): string | null {
  const { channel, kind, round } = delivery;
  const isPerson = channel.startsWith("mail.");
  if (isPerson && !people.some(({ id }) => channel === `mail.${id}`)) return "No longer belongs to the agreement";
  const target = channels.find(({ id }) => id === channel);
  if (!isPerson && target === undefined) return "The channel was removed";
  if (target?.enabled === false) return "The channel is switched off";
  if (round > 1 || isForMachines(delivery, channels)) return null;
  if (kind === "closed" && isClosedEarly(alert)) return null;
  if (ENDING.has(kind)) return heard(delivery) ? null : "Nobody had been told here that it began";
  if (!STANDING.has(kind)) return null;
  if (alert.parent !== null) return "It is part of another alert, which was told";
  if (alert.status === "resolved") return "The alert was over before";
  if (alert.status === "snoozed") return `${alert.snooze?.by ?? "Somebody"} had snoozed it before`;
  if (alert.status === "acknowledged" && kind !== "worsened") return `${alert.acknowledgement?.by ?? "Somebody"} had acknowledged before`;
  return null;
}

/**
 * Until when a delivery waits because its receiver has quiet hours, or `null`. What is critical and nobody has acknowledged
 * never waits, and neither does what somebody asked for by hand.
 */
export function waitsUntil({ channel, kind, round }: AlertDelivery, alert: Alert, { people }: Audience, nowMs: number): number | null {
  const quiet = people.find(({ id }) => channel === `mail.${id}`)?.quiet ?? null;
  const isUrgent = alert.severity === "critical" && alert.status === "open" && STANDING.has(kind);
  return quiet === null || isUrgent || round > 1 ? null : quietUntil(quiet, nowMs);
}

/** What one message is about, of one alert. */
export function transitionOf(alert: Alert, { seq }: Pick<AlertDelivery, "seq">): AlertTransition | undefined {
  return alert.history.find((line) => line.seq === seq);
}
