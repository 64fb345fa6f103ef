import { UNTRIED } from "../../shared/alerts/channel-health.ts";
import type { Audience } from "../../shared/alerts/recipients.ts";
import type { KnownChannel } from "../../shared/store/channels.ts";

const INSIDE: KnownChannel = {
  channel: {
    id: "inside",
    party: "provider",
    kind: "webhook",
    name: "inside",
    minSeverity: "warning",
    enabled: true,
    host: "",
    sealed: "",
    changedAtMs: 0,
    changedBy: "Accord",
  },
  health: UNTRIED,
  healthText: "",
};

/** A made-up breach is told to nobody but Accord itself. */
export const CANARY_AUDIENCE: Audience & { readonly known: readonly KnownChannel[] } = {
  hasMail: false,
  people: [],
  channels: [INSIDE.channel],
  known: [INSIDE],
};
