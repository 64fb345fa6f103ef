import type { ChannelHealth } from "../../shared/alerts/channel-health.ts";
import { htmlText, oneLine } from "../../shared/alerts/message.ts";
import { partyOfRole } from "../../shared/settlement/party.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import type { StoredChannel } from "../../shared/store/channels.ts";
import type { NotifyParts } from "../parts.ts";
import { readAudience } from "./audience.ts";
import { messageId } from "./send-message.ts";
import { sendMail } from "./send-mail.ts";

interface SwitchedOff {
  readonly agreementId: string;
  readonly channel: StoredChannel;
  readonly disabled: NonNullable<ChannelHealth["disabled"]>;
}

/**
 * Tells those who may switch a channel on again that Accord has switched it off. Called once, by whoever wrote that; a mail
 * that fails is not sent again, because the channel's page says the same.
 */
export async function tellSwitchedOff(parts: NotifyParts, { agreementId, channel, disabled }: SwitchedOff): Promise<void> {
  const { mail, redis, clock, publicUrl } = parts;
  const stored = await readAgreement(redis, agreementId, clock());
  if (mail === null || stored === null) return;
  const agreement = oneLine(stored.agreement.name, 100);
  const link = `${publicUrl}/agreements/${encodeURIComponent(agreementId)}/notifications`;
  const subject = oneLine(`Accord sends nothing more to ${channel.name} - ${agreement}`, 200);
  const lines = [`${oneLine(channel.name, 60)} was switched off.`, `${disabled.why}.`, "Mend it there, then switch it on again:", link];
  const text = { subject, text: `${lines.join("\n")}\n`, html: `<!doctype html><p>${lines.map(htmlText).join("<br>")}</p>` };
  const id = messageId(`off:${agreementId}:${channel.id}:${disabled.atMs}`);
  const list = { id: agreementId, name: agreement };
  const { people } = await readAudience(parts, agreementId);
  const managers = people.filter(({ role }) => role !== "qa-lead" && partyOfRole(role) === channel.party);
  for (const { email } of managers) await sendMail(mail, { ...text, to: email, id, inReplyTo: id, list });
}
