import type { Redis } from "ioredis";
import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { ChannelHealth, UNTRIED } from "../alerts/channel-health.ts";
import { ChannelKind } from "../alerts/channel-kind.ts";
import type { NewChannel, PutChannel } from "../protocol/channels.ts";
import { AppError } from "../protocol/errors.ts";
import { Party, type PartyActor } from "../settlement/party.ts";
import { commit } from "./commit.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { personalOperation, REMEMBER_SECONDS, STEP_ATTEMPTS, tooBusy } from "./person-step.ts";

/** Channels of one side; each is a message more for every transition. */
const MOST = 20;

/** A side's channel as stored. The address is a secret, too: whoever knows it may write there. */
export const StoredChannel = z.strictObject({
  id: z.string(),
  party: Party,
  kind: ChannelKind,
  name: z.string(),
  minSeverity: AlertSeverity,
  enabled: z.boolean(),
  /** All of the address that is shown. */
  host: z.string(),
  /** `ChannelSecrets`, sealed for this channel, in base64. */
  sealed: z.string(),
  changedAtMs: z.int(),
  changedBy: z.string(),
});
export type StoredChannel = z.infer<typeof StoredChannel>;

const ChannelSecrets = z.strictObject({ url: z.string(), signingSecret: z.string().nullable() });
export type ChannelSecrets = z.infer<typeof ChannelSecrets>;

export interface KnownChannel {
  readonly channel: StoredChannel;
  readonly health: ChannelHealth;
  /** As stored, `""` if it was never tried. */
  readonly healthText: string;
}

function purposeOf(agreementId: string, channelId: string): string {
  return `channel:${agreementId}:${channelId}`;
}

export function sealSecrets(keyRing: KeyRing, agreementId: string, channelId: string, secrets: ChannelSecrets): string {
  return keyRing.seal(purposeOf(agreementId, channelId), Buffer.from(JSON.stringify(secrets))).toString("base64");
}

/** @throws Error when the key ring is not the one they were sealed with. */
export function openSecrets(keyRing: KeyRing, agreementId: string, { id, sealed }: StoredChannel): ChannelSecrets {
  const text = keyRing.unseal(purposeOf(agreementId, id), Buffer.from(sealed, "base64")).toString("utf8");
  return ChannelSecrets.parse(JSON.parse(text));
}

/** The channels of both sides, by name. */
export async function listChannels(redis: Redis, agreementId: string): Promise<KnownChannel[]> {
  const keys = agreementKeys(agreementId);
  const settings = await redis.hvals(keys.channels);
  if (settings.length === 0) return [];
  const healths = await redis.hgetall(keys.channelHealth);
  const channels = settings.map((text) => {
    const channel = StoredChannel.parse(JSON.parse(text));
    const healthText = healths[channel.id] ?? "";
    return { channel, healthText, health: healthText === "" ? UNTRIED : ChannelHealth.parse(JSON.parse(healthText)) };
  });
  return channels.toSorted((a, b) => (a.channel.name < b.channel.name ? -1 : 1));
}

/** The channel under its id, with the text under which it is stored. */
async function readText(redis: Redis, agreementId: string, id: string): Promise<{ text: string; channel: StoredChannel } | null> {
  const text = await redis.hget(agreementKeys(agreementId).channels, id);
  return text === null ? null : { text, channel: StoredChannel.parse(JSON.parse(text)) };
}

interface ChannelStep {
  readonly agreementId: string;
  readonly by: PartyActor;
  readonly nowMs: number;
}

async function known(redis: Redis, { agreementId, by }: ChannelStep, id: string): Promise<KnownChannel | null> {
  const found = (await listChannels(redis, agreementId)).find(({ channel }) => channel.id === id);
  return found === undefined || found.channel.party !== by.party ? null : found;
}

/**
 * Adds a channel of the caller's side. Its id is the operation's: sent again, it is there already.
 *
 * @throws AppError `conflict` when the side has as many as it may.
 */
export async function addChannel(
  redis: Redis,
  step: ChannelStep & NewChannel & { readonly keyRing: KeyRing; readonly signingSecret: string },
): Promise<{ readonly channel: KnownChannel; readonly signingSecret: string | null } | null> {
  const { agreementId, by, nowMs, keyRing, operationId: id, kind, name, minSeverity, url } = step;
  const { channels } = agreementKeys(agreementId);
  const own = (await listChannels(redis, agreementId)).filter(({ channel }) => channel.party === by.party);
  if (own.length >= MOST && !own.some(({ channel }) => channel.id === id))
    throw new AppError("conflict", `There are ${MOST} channels already.`, "Remove one that is no longer used.");
  const secrets = { url, signingSecret: kind === "webhook" ? step.signingSecret : null };
  const sealed = sealSecrets(keyRing, agreementId, id, secrets);
  const settings = { id, party: by.party, kind, name, minSeverity, enabled: true, host: new URL(url).host, sealed };
  const text = JSON.stringify({ ...settings, changedAtMs: nowMs, changedBy: by.name });
  const operation = { agreementId, operationId: personalOperation("add-channel", step), rememberSeconds: REMEMBER_SECONDS, nowMs };
  await commit(redis, { ...operation, expect: [{ key: channels, field: id, is: "" }], writes: [["HSET", channels, id, text]] });
  const channel = await known(redis, step, id);
  return channel === null ? null : { channel, signingSecret: openSecrets(keyRing, agreementId, channel.channel).signingSecret };
}

/** Changes a channel of the caller's side; switched on, it begins anew. @returns `null` when there is none of this id. */
export async function putChannel(
  redis: Redis,
  step: ChannelStep & PutChannel & { readonly keyRing: KeyRing; readonly channelId: string },
): Promise<KnownChannel | null> {
  const { agreementId, by, nowMs, keyRing, channelId: id, name, minSeverity, enabled, url } = step;
  const keys = agreementKeys(agreementId);
  for (let i = 0; i < STEP_ATTEMPTS; i++) {
    const found = await readText(redis, agreementId, id);
    if (found === null || found.channel.party !== by.party) return null;
    const { signingSecret } = openSecrets(keyRing, agreementId, found.channel);
    const moved =
      url === undefined ? {} : { host: new URL(url).host, sealed: sealSecrets(keyRing, agreementId, id, { url, signingSecret }) };
    const after = { ...found.channel, ...moved, name, minSeverity, enabled, changedAtMs: nowMs, changedBy: by.name };
    const result = await commit(redis, {
      agreementId,
      operationId: personalOperation(`channel-${id}`, step),
      rememberSeconds: REMEMBER_SECONDS,
      nowMs,
      expect: [{ key: keys.channels, field: id, is: found.text }],
      writes: [["HSET", keys.channels, id, JSON.stringify(after)], ...(enabled ? [["HDEL", keys.channelHealth, id] as const] : [])],
    });
    if (result.kind !== "conflict") return await known(redis, step, id);
  }
  throw tooBusy();
}

/** Removes a channel of the caller's side. @returns false when there is none of this id. */
export async function endChannel(redis: Redis, { agreementId, by, nowMs }: ChannelStep, id: string): Promise<boolean> {
  const keys = agreementKeys(agreementId);
  const found = await readText(redis, agreementId, id);
  if (found === null || found.channel.party !== by.party) return false;
  const result = await commit(redis, {
    agreementId,
    operationId: `end-channel-${id}-${found.channel.changedAtMs}-${nowMs}`,
    nowMs,
    expect: [{ key: keys.channels, field: id, is: found.text }],
    writes: [
      ["HDEL", keys.channels, id],
      ["HDEL", keys.channelHealth, id],
    ],
  });
  if (result.kind === "conflict") throw tooBusy();
  return true;
}
