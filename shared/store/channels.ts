import type { Redis } from "ioredis";
import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { ChannelHealth, UNTRIED } from "../alerts/channel-health.ts";
import { ChannelKind } from "../alerts/channel-kind.ts";
import { Party } from "../settlement/party.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";

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
