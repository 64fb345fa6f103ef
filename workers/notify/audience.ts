import type { Audience, Recipient } from "../../shared/alerts/recipients.ts";
import { CANARY } from "../../shared/store/canary.ts";
import { type KnownChannel, listChannels } from "../../shared/store/channels.ts";
import { listPeople } from "../../shared/store/people.ts";
import { readTellings } from "../../shared/store/telling.ts";
import type { NotifyParts } from "../parts.ts";
import { CANARY_AUDIENCE } from "./canary-audience.ts";

export interface KnownAudience extends Audience {
  readonly known: readonly KnownChannel[];
}

/** Who belongs to an agreement now, and what its sides have set up. */
export async function readAudience({ redis, mail }: NotifyParts, agreementId: string): Promise<KnownAudience> {
  if (agreementId === CANARY) return CANARY_AUDIENCE;
  const [everybody, known, telling] = await Promise.all([listPeople(redis), listChannels(redis, agreementId), readTellings(redis)]);
  const people = everybody.flatMap(({ id, name, email, memberships }): Recipient[] => {
    const role = memberships.find((one) => one.agreementId === agreementId)?.role;
    return role === undefined ? [] : [{ id: `person:${id}`, name, role, email, quiet: telling.get(id)?.quiet ?? null }];
  });
  const channels = known.map(({ channel, health }) => ({ ...channel, enabled: channel.enabled && health.disabled === null }));
  return { hasMail: mail !== null, people, channels, known };
}
