import type { Redis } from "ioredis";
import { AppError } from "../../shared/protocol/errors.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { actForCaller } from "../access/act-on-alert.ts";
import { notFound } from "../access/decide.ts";
import { sightOf } from "../access/sight.ts";
import type { EventHandlers } from "./client-events.ts";
import type { Readers } from "./readers.ts";
import { watchAgreement } from "./watch.ts";

const WATCHED_MOST = 50;

/** One handler for every declared client event; the mapped type keeps the two in step. */
export function eventHandlers(parts: { readonly redis: Redis; readonly clock: () => number; readonly readers: Readers }): EventHandlers {
  const { redis, readers } = parts;
  return {
    async "agreement:watch"({ socket, payload, caller }) {
      const sight = sightOf(caller, payload.agreementId);
      if (readers.watchedBy(socket) < WATCHED_MOST) return watchAgreement(parts, socket, { ...payload, sight });
      throw new AppError("too-many", `A connection may watch ${WATCHED_MOST} agreements.`, "Unwatch one first.", { retryAfterSeconds: 1 });
    },
    async "agreement:unwatch"({ socket, payload: { agreementId } }) {
      if ((await readAgreement(redis, agreementId)) === null) throw notFound();
      readers.detach(agreementId, socket);
      return null;
    },
    "alert:act": ({ payload, caller }) => actForCaller(parts, caller, payload),
  };
}
