import { AlertDelivery } from "../alerts/delivery.ts";
import { TellingSettings } from "../alerts/quiet-hours.ts";
import { ChannelList, ChannelView, DeliveryList, NewChannel, NewChannelView, PutChannel, ReplayRequest } from "./channels.ts";

/** Those who may say where their company is told. */
const MANAGERS = { access: "member", roles: ["client-manager", "provider"] } as const;

/** Where the two sides are told of alerts, and what became of it. Each side sees its own. */
export const CHANNEL_ROUTES = {
  channels: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/channels",
    policy: MANAGERS,
    body: null,
    response: ChannelList,
    summary: "Webhooks and chats of one's own side",
  },
  addChannel: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/channels",
    policy: MANAGERS,
    body: NewChannel,
    response: NewChannelView,
    summary: "Have alerts sent to a webhook, Slack or Teams; a webhook's secret is shown once",
  },
  putChannel: {
    method: "put",
    path: "/api/v1/agreements/:agreementId/channels/:channelId",
    policy: MANAGERS,
    body: PutChannel,
    response: ChannelView,
    summary: "Change a channel, switch it off or on again",
  },
  endChannel: {
    method: "delete",
    path: "/api/v1/agreements/:agreementId/channels/:channelId",
    policy: MANAGERS,
    body: null,
    response: null,
    summary: "Remove a channel and forget its address",
  },
  alertDeliveries: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/deliveries",
    policy: MANAGERS,
    body: null,
    response: DeliveryList,
    summary: "The latest messages about alerts to one's own side, newest first",
  },
  replayDelivery: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/deliveries/:deliveryKey/replay",
    policy: MANAGERS,
    body: ReplayRequest,
    response: AlertDelivery,
    summary: "Send one message once more",
  },
  telling: {
    method: "get",
    path: "/api/v1/me/telling",
    policy: { access: "signed-in" },
    body: null,
    response: TellingSettings,
    summary: "How the caller wants to be told",
  },
  putTelling: {
    method: "put",
    path: "/api/v1/me/telling",
    policy: { access: "signed-in" },
    body: TellingSettings,
    response: TellingSettings,
    summary: "Set quiet hours and the daily summary for oneself",
  },
} as const;
