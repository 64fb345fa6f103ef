import { randomBytes } from "node:crypto";
import type { ChannelView } from "../../shared/protocol/channels.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { listDeliveries } from "../../shared/store/alert-deliveries.ts";
import { addChannel, endChannel, type KnownChannel, listChannels, putChannel } from "../../shared/store/channels.ts";
import { replay } from "../../shared/store/replay-delivery.ts";
import { putTelling, readMailFrom, readTelling } from "../../shared/store/telling.ts";
import { type Caller, personOf } from "../access/caller.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** Of both sides; each sees its own of them. */
const READ = 1000;
const SHOWN = 200;
const SECRET_BYTES = 32;

function viewOf({ channel, health }: KnownChannel): ChannelView {
  const { id, kind, name, minSeverity, enabled, host, changedAtMs, changedBy } = channel;
  return { id, kind, name, minSeverity, enabled, host, changedAtMs, changedBy, health };
}

type Names = "channels" | "addChannel" | "putChannel" | "endChannel" | "alertDeliveries" | "replayDelivery" | "telling" | "putTelling";

/** Where alerts are told. Addresses go in here and never out. */
export function channelRoutes({ redis, keyRing, clock }: ServerParts): Pick<Handlers, Names> {
  /** The side for which the caller acts in an agreement that is in force. */
  async function actingIn(agreementId: string, caller: Caller): Promise<PartyActor> {
    if ((await readAgreement(redis, agreementId, clock())) === null) throw notFound();
    return partyActor(caller, agreementId);
  }
  return {
    async channels({ params: { agreementId }, caller }) {
      const { party } = await actingIn(agreementId, caller);
      const [channels, mailFrom] = await Promise.all([listChannels(redis, agreementId), readMailFrom(redis)]);
      return { channels: channels.filter(({ channel }) => channel.party === party).map(viewOf), mailFrom };
    },
    async addChannel({ params: { agreementId }, body, caller, response }) {
      const by = await actingIn(agreementId, caller);
      const signingSecret = `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`;
      const added = await addChannel(redis, { agreementId, ...body, keyRing, signingSecret, by, nowMs: clock() });
      if (added === null) throw notFound();
      response.status(201);
      return { ...viewOf(added.channel), signingSecret: added.signingSecret };
    },
    async putChannel({ params: { agreementId, channelId }, body, caller }) {
      const by = await actingIn(agreementId, caller);
      const changed = await putChannel(redis, { agreementId, channelId, ...body, keyRing, by, nowMs: clock() });
      if (changed === null) throw notFound();
      return viewOf(changed);
    },
    async endChannel({ params: { agreementId, channelId }, caller }) {
      const by = await actingIn(agreementId, caller);
      if (!(await endChannel(redis, { agreementId, by, nowMs: clock() }, channelId))) throw notFound();
    },
    async alertDeliveries({ params: { agreementId }, caller }) {
      const { party } = await actingIn(agreementId, caller);
      const latest = await listDeliveries(redis, agreementId, READ);
      return latest.filter((one) => one.party === party).slice(0, SHOWN);
    },
    async replayDelivery({ params: { agreementId, deliveryKey }, body, caller }) {
      const by = await actingIn(agreementId, caller);
      const found = await replay(redis, { agreementId, key: deliveryKey, ...body, by, nowMs: clock() });
      if (found === null) throw notFound();
      return found;
    },
    async telling({ caller }) {
      return await readTelling(redis, personOf(caller).id);
    },
    async putTelling({ body, caller }) {
      await putTelling(redis, personOf(caller).id, body);
      return body;
    },
  };
}
