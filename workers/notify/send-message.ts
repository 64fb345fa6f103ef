import { slackOf, teamsOf } from "../../shared/alerts/chat-message.ts";
import type { AlertDelivery, SendOutcome } from "../../shared/alerts/delivery.ts";
import { mailOf } from "../../shared/alerts/mail-message.ts";
import type { AlertMessage } from "../../shared/alerts/message.ts";
import { webhookBody } from "../../shared/alerts/webhook-message.ts";
import { type ChannelSecrets, type KnownChannel, openSecrets, type StoredChannel } from "../../shared/store/channels.ts";
import { sha256Hex } from "../../shared/store/sha256.ts";
import type { NotifyParts } from "../parts.ts";
import { sendHttp, signedHeaders } from "./send-http.ts";
import { sendMail } from "./send-mail.ts";

/** A name for a message that says nothing of what it is about. */
export function messageId(key: string): string {
  return `msg_${sha256Hex(key).slice(0, 32)}`;
}

async function mailTo(parts: NotifyParts, message: AlertMessage, { to, channel }: AlertDelivery): Promise<SendOutcome> {
  if (parts.mail === null) return { kind: "refused", detail: "No mail server is set up", permanent: true };
  const { agreement, news } = message;
  const story = `${news[0].alert.id}:${channel}`;
  // All mails of an episode refer to one root, which need not exist; several alerts in one mail are a story of their own.
  const inReplyTo = news.length === 1 ? messageId(story) : message.id;
  const list = { id: agreement.id, name: agreement.name };
  return await sendMail(parts.mail, { ...mailOf(message), to, id: message.id, inReplyTo, list });
}

function opened({ keyRing }: NotifyParts, { agreement }: AlertMessage, channel: StoredChannel): ChannelSecrets | null {
  try {
    return openSecrets(keyRing, agreement.id, channel);
  } catch {
    return null;
  }
}

async function postTo(parts: NotifyParts, message: AlertMessage, { channel }: KnownChannel): Promise<SendOutcome> {
  const secrets = opened(parts, message, channel);
  if (secrets === null)
    return { kind: "refused", detail: "Its address was sealed with other keys: set the channel up anew", permanent: true };
  const { url, signingSecret } = secrets;
  switch (channel.kind) {
    case "slack":
      return await sendHttp(parts.outbound, { url, body: JSON.stringify(slackOf(message)) });
    case "teams":
      return await sendHttp(parts.outbound, { url, body: JSON.stringify(teamsOf(message)) });
    case "webhook": {
      const body = webhookBody(message);
      const headers = signedHeaders(signingSecret ?? "", { id: message.id, body, nowMs: parts.clock() });
      return await sendHttp(parts.outbound, { url, body, headers });
    }
  }
}

/** Hands one message over, once, and says how that ended. */
export async function sendMessage(
  parts: NotifyParts,
  message: AlertMessage,
  to: { readonly delivery: AlertDelivery; readonly channel: KnownChannel | null },
): Promise<SendOutcome> {
  return to.channel === null ? await mailTo(parts, message, to.delivery) : await postTo(parts, message, to.channel);
}
