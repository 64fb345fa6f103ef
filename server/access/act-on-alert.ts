import type { Redis } from "ioredis";
import type { AlertAct } from "../../shared/alerts/act.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { ActOnAlert, AlertActRequest } from "../../shared/protocol/alert-acts.ts";
import { AppError } from "../../shared/protocol/errors.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { actOnAlert } from "../../shared/store/alerts.ts";
import type { Caller } from "./caller.ts";
import { readMember } from "./members.ts";
import { partyActor } from "./party.ts";
import { sightOf } from "./sight.ts";

async function ownerOf(redis: Redis, agreementId: string, ownerId: string): Promise<PartyActor> {
  const found = await readMember(redis, agreementId, ownerId);
  if (found === null)
    throw new AppError("not-found", "There is no such person in this agreement.", "Choose one of its people; GET .../members lists them.");
  return { id: found.id, name: found.name, party: found.party };
}

async function actOf(redis: Redis, agreementId: string, request: AlertActRequest): Promise<AlertAct> {
  if (request.do === "assign") return { ...request, owner: await ownerOf(redis, agreementId, request.ownerId) };
  if (request.do !== "acknowledge" || request.ownerId === undefined) return request;
  return { ...request, owner: await ownerOf(redis, agreementId, request.ownerId) };
}

/**
 * Carries out what a member does to an alert, over HTTP and over the socket alike.
 *
 * @throws AppError `not-found` for an alert or an owner that is not there for the caller, else as `actOnAlert`.
 */
export async function actForCaller(
  { redis, clock }: { readonly redis: Redis; readonly clock: () => number },
  caller: Caller,
  { agreementId, alertId, seenSeq, act, operationId }: ActOnAlert,
): Promise<Alert> {
  return await actOnAlert(redis, {
    agreementId,
    alertId,
    seenSeq,
    act: await actOf(redis, agreementId, act),
    operationId,
    who: partyActor(caller, agreementId),
    sharedOnly: sightOf(caller, agreementId) === "shared",
    nowMs: clock(),
  });
}
