import type { Redis } from "ioredis";
import { noteApiKeyUse, readApiKey } from "../../shared/store/api-keys.ts";
import { readPerson, withoutPassword } from "../../shared/store/people.ts";
import { hashSessionId, readSession } from "../../shared/store/sessions.ts";
import { apiKeyId, matchesApiKey } from "./api-key-secret.ts";
import { type Caller, NOBODY } from "./caller.ts";

/** What a request shows of its sender. A key goes before a session; a wrong key is nobody, whatever else was sent. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly sessionId: string | undefined;
}

interface Identification {
  readonly redis: Redis;
  readonly clock: () => number;
}

/** Who is asking, as the store knows it now: nothing is cached, so that a revocation holds from the next request on. */
export function identify(parts: Identification, credentials: Credentials): Promise<Caller> {
  if (credentials.authorization !== undefined) return identifyKey(parts, credentials.authorization);
  if (credentials.sessionId !== undefined) return identifySession(parts, hashSessionId(credentials.sessionId));
  return Promise.resolve(NOBODY);
}

async function identifyKey({ redis, clock }: Identification, authorization: string): Promise<Caller> {
  const secret = authorization.replace(/^Bearer +/iu, "");
  const id = apiKeyId(secret);
  if (id === null) return NOBODY;
  const key = await readApiKey(redis, id);
  if (key === null || !matchesApiKey(secret, key.secretSha256)) return NOBODY;
  // Nobody waits for a note, and a lost one is made with the next use.
  noteApiKeyUse(redis, id, clock()).catch(() => undefined);
  return { kind: "key", key: { id, name: key.name, agreementId: key.agreementId, feeds: key.feeds } };
}

/** The person behind a session that is still alive, with the rights of this moment. */
export async function identifySession({ redis, clock }: Identification, sessionHash: string): Promise<Caller> {
  const session = await readSession(redis, sessionHash, clock());
  if (session === null) return NOBODY;
  const record = await readPerson(redis, session.personId);
  return record === null ? NOBODY : { kind: "person", person: withoutPassword(record), sessionHash };
}
