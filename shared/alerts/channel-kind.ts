import { z } from "zod";

/** Where a side may have its alerts sent, besides the mailboxes of its people. */
export const ChannelKind = z.enum(["webhook", "slack", "teams"]);
export type ChannelKind = z.infer<typeof ChannelKind>;
