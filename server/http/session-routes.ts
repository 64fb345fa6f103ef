import type { Request } from "express";
import { AppError } from "../../shared/protocol/errors.ts";
import type { Person } from "../../shared/protocol/role.ts";
import { findPersonByEmail, readWorkspace, withoutPassword } from "../../shared/store/people.ts";
import { personOf } from "../access/caller.ts";
import { verifyPassword } from "../access/password.ts";
import { SignInDelays } from "../access/sign-in-delays.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

function settle(call: (callback: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    call((error) => (error === undefined || error === null ? resolve() : reject(error)));
  });
}

/** Starts a session under a new id, so that an id planted before sign-in is worth nothing after it. */
export async function startSession(request: Request, person: Person, nowMs: number): Promise<void> {
  await settle((done) => request.session.regenerate(done));
  request.session.personId = person.id;
  request.session.signedInAtMs = nowMs;
  request.session.seenAtMs = nowMs;
  await settle((done) => request.session.save(done));
}

const WRONG = ["The e-mail address or the password is wrong.", "Check both; the administrator can give you a new password."] as const;

/** Sign in, who am I, sign out. */
export function sessionRoutes(parts: ServerParts): Pick<Handlers, "signIn" | "session" | "signOut"> {
  const delays = new SignInDelays(parts.redis, parts.limits.signIn);
  return {
    async signIn({ body, request }) {
      // Away means away: without this the limiter's stand-in would make the caller wait for each command to time out.
      await parts.redis.ping();
      const attempt = { email: body.email, address: request.ip ?? "" };
      await delays.check(attempt);
      const record = await findPersonByEmail(parts.redis, body.email);
      const matches = await verifyPassword(body.password, record?.password ?? null);
      if (record === null || !matches) {
        await delays.fail(attempt);
        throw new AppError("not-signed-in", ...WRONG);
      }
      await delays.succeed(attempt);
      const person = withoutPassword(record);
      await startSession(request, person, parts.clock());
      return { person, workspace: await readWorkspace(parts.redis) };
    },
    async session({ caller }) {
      return { person: personOf(caller), workspace: await readWorkspace(parts.redis) };
    },
    async signOut({ request }) {
      await settle((done) => request.session.destroy(done));
    },
  };
}
