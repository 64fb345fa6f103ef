import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../shared/protocol/errors.ts";
import { canonicalEmail, withoutPassword } from "../../shared/store/people.ts";
import { createFirstAdministrator } from "../../shared/store/setup-token.ts";
import { readWorkersSeen, unjudgedSince } from "../../shared/store/uptime.ts";
import { sha256Hex } from "../access/api-key-secret.ts";
import { GrowingDelay } from "../access/growing-delay.ts";
import { hashPassword, refuseCommonPassword } from "../access/password.ts";
import { addressPrefix } from "../access/sign-in-delays.ts";
import type { ServerParts } from "../parts.ts";
import { SETUP_LINK_FILE } from "../setup-link.ts";
import type { Handlers } from "./route-types.ts";
import { startSession } from "./session-routes.ts";

/** Health of the process, and the one-time way to the first administrator. */
export function setupRoutes(parts: ServerParts): Pick<Handlers, "health" | "setup"> {
  const { redis, clock } = parts;
  const delay = new GrowingDelay(redis, parts.limits.setup);
  return {
    async health({ response }) {
      const seen = await readWorkersSeen(redis).catch(() => undefined);
      response.status(seen === undefined ? 503 : 200);
      if (seen === undefined) return { ok: false, redis: "down", workers: "unknown" };
      if (seen === null) return { ok: true, redis: "up", workers: "unknown" };
      return { ok: true, redis: "up", workers: unjudgedSince(seen, clock()) === null ? "up" : "away" };
    },
    async setup({ body, request }) {
      await redis.ping();
      const address = addressPrefix(request.ip ?? "");
      await delay.check(address);
      refuseCommonPassword(body.password);
      const { token, workspace, name, password } = body;
      const email = canonicalEmail(body.email);
      const record = { id: randomUUID(), email, name, administrator: true, memberships: [], password: await hashPassword(password) };
      try {
        await createFirstAdministrator(redis, { tokenHash: sha256Hex(token), workspace, record });
      } catch (error) {
        if (error instanceof AppError) await delay.fail(address);
        throw error;
      }
      await rm(path.join(parts.stateDir, SETUP_LINK_FILE), { force: true });
      const person = withoutPassword(record);
      await startSession(request, person, clock());
      return { person, workspace };
    },
  };
}
