import { randomUUID } from "node:crypto";
import type { AlertDelivery } from "../../shared/alerts/delivery.ts";
import type { RouteName } from "../../shared/protocol/routes.ts";
import { addChannel } from "../../shared/store/channels.ts";
import { KeyRing } from "../../shared/store/key-ring.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import type { TestServer } from "../support/server.ts";
import type { Principal } from "./policy-table.ts";

interface Place {
  readonly agreementId: string;
  readonly principal: Principal;
}

const WEBHOOK = { kind: "webhook", name: "Ops", url: "https://hooks.example/CANARY-HOOK", minSeverity: "warning" } as const;

/** The side for which somebody of the policy table acts. */
function partyOf(principal: Principal): "client" | "provider" {
  return principal === "provider" || principal === "stranger" ? "provider" : "client";
}

async function channelOf({ redis, stateDir }: TestServer, { agreementId, principal }: Place): Promise<string> {
  const by = { id: "person:stage", name: "Stage", party: partyOf(principal) };
  const keyRing = await KeyRing.open(stateDir);
  const operationId = randomUUID();
  await redis.del(agreementKeys(agreementId).channels);
  await addChannel(redis, { agreementId, ...WEBHOOK, operationId, keyRing, signingSecret: "whsec_AAAA", by, nowMs: Date.now() });
  return operationId;
}

async function deliveryOf({ redis }: TestServer, { agreementId, principal }: Place): Promise<string> {
  const key = `feed.calls.1:1:${randomUUID()}`;
  const delivery: AlertDelivery = {
    key,
    alertId: "feed.calls.1",
    seq: 1,
    kind: "raised",
    severity: "critical",
    headline: "Silent",
    channel: "gone",
    party: partyOf(principal),
    to: "Ops",
    plannedAtMs: 1,
    state: "failed",
    dueMs: null,
    reason: "Answered 500",
    round: 1,
    roundAtMs: 1,
    message: null,
    attempts: [],
  };
  await redis.hset(agreementKeys(agreementId).alertDeliveries, key, JSON.stringify(delivery));
  return key;
}

/** What a route about channels is about, fresh for every cell, on the side of whoever asks. */
export async function channelParams(server: TestServer, name: RouteName, place: Place | null): Promise<Record<string, string>> {
  const isChannel = name === "putChannel" || name === "endChannel";
  return {
    channelId: isChannel && place !== null ? await channelOf(server, place) : randomUUID(),
    deliveryKey: name === "replayDelivery" && place !== null ? encodeURIComponent(await deliveryOf(server, place)) : "none",
  };
}

/** What a route about channels is sent. */
export function bodyOfChannelRoute(name: RouteName): { readonly body?: unknown } {
  const operationId = randomUUID();
  switch (name) {
    case "addChannel":
      return { body: { ...WEBHOOK, operationId } };
    case "putChannel":
      return { body: { name: "Ops", minSeverity: "critical", enabled: true, operationId } };
    case "replayDelivery":
      return { body: { operationId } };
    case "putTelling":
      return { body: { quiet: { from: "22:00", to: "07:00", timeZone: "Europe/Berlin" } } };
    default:
      return {};
  }
}
