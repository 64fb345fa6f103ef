import { type ChannelHealth, healthAfter, UNTRIED } from "../../shared/alerts/channel-health.ts";
import {
  type AlertDelivery,
  beginDelivery,
  dropDelivery,
  endDelivery,
  holdDelivery,
  loseDelivery,
  type SendOutcome,
} from "../../shared/alerts/delivery.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { News } from "../../shared/alerts/message.ts";
import { earlierKeys, transitionOf, uselessness, waitsUntil } from "../../shared/alerts/recipients.ts";
import { toError } from "../../shared/protocol/errors.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { changeDeliveries, type KnownDelivery, readDeliveries, readDelivery } from "../../shared/store/alert-deliveries.ts";
import { readAlerts } from "../../shared/store/alert-states.ts";
import { CANARY } from "../../shared/store/canary.ts";
import { type KnownChannel, listChannels } from "../../shared/store/channels.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { NotifyParts } from "../parts.ts";
import { type KnownAudience, readAudience } from "./audience.ts";
import { receiveCanary } from "./canary.ts";
import { messageId, sendMessage } from "./send-message.ts";
import { tellSwitchedOff } from "./tell-switched-off.ts";

/** A message with more is not read. */
const IN_ONE_MESSAGE = 20;
const END_ATTEMPTS = 5;
const MADE_UP = { name: "Made up", timeZone: "UTC" } as const;

interface Channel {
  readonly agreementId: string;
  readonly channel: string;
}

type Alerts = ReadonlyMap<string, Alert>;

/** What becomes of a delivery without its being sent: lost by somebody who died, no longer of use, or put off. */
function unsent(around: Around, { delivery }: KnownDelivery, nowMs: number): AlertDelivery | null {
  const lost = loseDelivery(delivery, nowMs);
  if (lost !== null) return lost;
  const alert = around.alerts.get(delivery.alertId);
  if (alert === undefined) return dropDelivery(delivery, "The alert is no longer there");
  const why = uselessness(delivery, alert, { ...around.audience, heard: ({ key }) => around.heard.has(key) });
  if (why !== null) return dropDelivery(delivery, why);
  const untilMs = waitsUntil(delivery, alert, around.audience, nowMs);
  return untilMs === null ? null : holdDelivery(delivery, untilMs, "Waits for the end of quiet hours");
}

/** @returns those that are to be sent now. */
async function settleUnsent(parts: NotifyParts, { agreementId }: Channel, due: readonly KnownDelivery[], around: Around) {
  const nowMs = parts.clock();
  const rest: KnownDelivery[] = [];
  for (const before of due) {
    const after = unsent(around, before, nowMs);
    if (after === null) rest.push(before);
    else await changeDeliveries(parts.redis, agreementId, [{ before, after }], { nowMs });
  }
  return rest;
}

/** Those that go out as one message: a webhook tells one thing at a time; what went out together is tried again together. */
function messagesOf(due: readonly KnownDelivery[], isWebhook: boolean): KnownDelivery[][] {
  const keyOf = ({ delivery: { key, message } }: KnownDelivery): string => (isWebhook ? key : (message ?? ""));
  return [...Map.groupBy(due, keyOf).values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / IN_ONE_MESSAGE) }, (_, i) => some.slice(i * IN_ONE_MESSAGE, (i + 1) * IN_ONE_MESSAGE)),
  );
}

async function begin(parts: NotifyParts, { agreementId }: Channel, together: readonly KnownDelivery[]): Promise<KnownDelivery[] | null> {
  const nowMs = parts.clock();
  const message = together[0]?.delivery.message ?? together[0]?.delivery.key ?? "";
  const changes = together.flatMap((before) => {
    const after = beginDelivery(before.delivery, message, nowMs);
    return after === null ? [] : [{ before, after }];
  });
  return changes.length < together.length ? null : await changeDeliveries(parts.redis, agreementId, changes, { nowMs });
}

function healthStep(agreementId: string, known: KnownChannel | undefined, health: ChannelHealth) {
  if (known === undefined) return {};
  const { channelHealth } = agreementKeys(agreementId);
  const { id } = known.channel;
  return {
    expect: [{ key: channelHealth, field: id, is: known.healthText }],
    writes: [["HSET", channelHealth, id, JSON.stringify(health)] as const],
  };
}

/** Writes how it ended. Others may have moved the channel's health or given the attempts up in the meantime: then on what is there now. */
async function end(
  parts: NotifyParts,
  { agreementId, channel }: Channel,
  begun: readonly KnownDelivery[],
  outcome: SendOutcome,
): Promise<void> {
  for (let i = 0; i < END_ATTEMPTS; i++) {
    const nowMs = parts.clock();
    const now = i === 0 ? begun : await Promise.all(begun.map(({ delivery }) => readDelivery(parts.redis, agreementId, delivery.key)));
    const changes = now.flatMap((before, at) => {
      const attempt = begun[at]?.delivery.attempts.at(-1)?.number ?? 0;
      const after = before === null ? null : endDelivery(before.delivery, attempt, outcome, nowMs);
      return before === null || after === null ? [] : [{ before, after }];
    });
    if (changes.length === 0) return;
    const known = (await listChannels(parts.redis, agreementId)).find((one) => one.channel.id === channel);
    const health = healthAfter(known?.health ?? UNTRIED, outcome, nowMs);
    const written = await changeDeliveries(parts.redis, agreementId, changes, { nowMs, ...healthStep(agreementId, known, health) });
    if (written === null) continue;
    if (known?.health.disabled === null && health.disabled !== null)
      await tellSwitchedOff(parts, { agreementId, channel: known.channel, disabled: health.disabled });
    return;
  }
}

function newsOf(parts: NotifyParts, agreementId: string, alerts: Alerts, { delivery }: KnownDelivery): News[] {
  const alert = alerts.get(delivery.alertId);
  const transition = alert === undefined ? undefined : transitionOf(alert, delivery);
  if (alert === undefined || transition === undefined) return [];
  const link = `${parts.publicUrl}/alerts/${encodeURIComponent(agreementId)}/${encodeURIComponent(alert.id)}`;
  return [{ alert, transition, link }];
}

function repeatedOf({ round, attempts }: AlertDelivery): number | null {
  return round === 1 ? null : (attempts.at(-1)?.number ?? null);
}

async function attempt(parts: NotifyParts, at: Channel, begun: readonly KnownDelivery[], around: Around): Promise<SendOutcome> {
  const [first] = begun;
  const isCanary = at.agreementId === CANARY;
  const named = isCanary ? MADE_UP : (await readAgreement(parts.redis, at.agreementId, parts.clock()))?.agreement;
  const [head, ...more] = begun.flatMap((one) => newsOf(parts, at.agreementId, around.alerts, one));
  if (first === undefined || named === undefined || head === undefined)
    return { kind: "refused", detail: "What it tells of is no longer there", permanent: true };
  const { name, timeZone } = named;
  const message = {
    id: messageId(first.delivery.message ?? first.delivery.key),
    agreement: { id: at.agreementId, name, timeZone },
    news: [head, ...more] as const,
    repeated: repeatedOf(first.delivery),
  };
  if (isCanary) return await receiveCanary(parts, message);
  return await sendMessage(parts, message, { delivery: first.delivery, channel: around.known ?? null }).catch((thrown: unknown) => {
    parts.logger.error({ err: toError(thrown), agreementId: at.agreementId }, "a message could not be sent by a fault of the program");
    return { kind: "unknown", detail: "Accord itself failed while sending" } as const;
  });
}

interface Around {
  readonly alerts: Alerts;
  readonly audience: KnownAudience;
  readonly known: KnownChannel | undefined;
  /** Keys of deliveries of an end whose beginning was told there. */
  readonly heard: ReadonlySet<string>;
}

async function wasHeard({ redis }: NotifyParts, agreementId: string, delivery: AlertDelivery, alert: Alert | undefined): Promise<boolean> {
  const keys = alert === undefined ? [] : earlierKeys(delivery, alert);
  return (await readDeliveries(redis, agreementId, keys)).some(
    ({ state }) => state === "sent" || state === "sending" || state === "unknown",
  );
}

async function aroundOf(parts: NotifyParts, { agreementId, channel }: Channel, due: readonly KnownDelivery[]): Promise<Around> {
  const ids = [...new Set(due.map(({ delivery }) => delivery.alertId))];
  const [audience, alerts] = await Promise.all([readAudience(parts, agreementId), readAlerts(parts.redis, agreementId, ids)]);
  const known = audience.known.find((one) => one.channel.id === channel);
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const heard = new Set<string>();
  for (const { delivery } of due) if (await wasHeard(parts, agreementId, delivery, byId.get(delivery.alertId))) heard.add(delivery.key);
  return { audience, known, alerts: byId, heard };
}

/**
 * Sends what is due to one channel of an agreement, in order. Safe with any number of workers at once and when killed at any
 * point: an attempt is begun by one step of the store before the first byte goes out, and begun by one worker only.
 */
export async function sendDue(parts: NotifyParts, at: Channel, due: readonly KnownDelivery[]): Promise<void> {
  const around = await aroundOf(parts, at, due);
  const now = await settleUnsent(parts, at, due, around);
  for (const together of messagesOf(now, around.known?.channel.kind === "webhook")) {
    const begun = await begin(parts, at, together);
    if (begun === null) continue;
    const outcome = await attempt(parts, at, begun, around);
    await end(parts, at, begun, outcome);
    parts.logger.info({ event: "told", agreementId: at.agreementId, channel: at.channel, result: outcome.kind, alerts: begun.length });
  }
}
