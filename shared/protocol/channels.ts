import { z } from "zod";
import { AlertSeverity } from "../agreement/alert-clauses.ts";
import { ChannelHealth } from "../alerts/channel-health.ts";
import { ChannelKind } from "../alerts/channel-kind.ts";
import { AlertDelivery } from "../alerts/delivery.ts";
import { WebAddress } from "./pull.ts";

const Name = z.string().trim().min(1).max(60);

/** A channel of one's own side as its people see it: of its address only the host, because whoever knows it may write there. */
export const ChannelView = z.strictObject({
  id: z.string(),
  kind: ChannelKind,
  name: z.string(),
  minSeverity: AlertSeverity,
  enabled: z.boolean(),
  host: z.string(),
  changedAtMs: z.int(),
  changedBy: z.string(),
  health: ChannelHealth,
});
export type ChannelView = z.infer<typeof ChannelView>;

export const ChannelList = z.strictObject({
  channels: z.array(ChannelView),
  /** In whose name e-mail goes out; `null` when no mail server is set up. */
  mailFrom: z.string().nullable(),
});
export type ChannelList = z.infer<typeof ChannelList>;

export const NewChannel = z.strictObject({
  kind: ChannelKind,
  name: Name,
  url: WebAddress,
  minSeverity: AlertSeverity,
  operationId: z.uuid(),
});
export type NewChannel = z.infer<typeof NewChannel>;

/** With the secret that a webhook is signed with; it is shown this once. */
export const NewChannelView = ChannelView.extend({ signingSecret: z.string().nullable() });

/** `enabled` true also switches on again what Accord has switched off. Without `url` the address stays. */
export const PutChannel = z.strictObject({
  name: Name,
  minSeverity: AlertSeverity,
  enabled: z.boolean(),
  url: WebAddress.optional(),
  operationId: z.uuid(),
});
export type PutChannel = z.infer<typeof PutChannel>;

export const DeliveryList = z.array(AlertDelivery);
export const ReplayRequest = z.strictObject({ operationId: z.uuid() });
