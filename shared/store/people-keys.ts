import { PEOPLE } from "./keys.ts";

/** Keys of people, sessions and API keys. All share one slot, so that one script may touch several of them. */
export const peopleKeys = {
  workspace: `${PEOPLE}:workspace`,
  /** Counts every change of rights; servers compare it to cut live connections. */
  revision: `${PEOPLE}:revision`,
  emails: `${PEOPLE}:emails`,
  setupTokens: `${PEOPLE}:setup`,
  cookieSecret: `${PEOPLE}:cookie-secret`,
  person: (id: string) => `${PEOPLE}:person:${id}`,
  session: (hashedId: string) => `${PEOPLE}:session:${hashedId}`,
  sessionsOf: (personId: string) => `${PEOPLE}:sessions:${personId}`,
  apiKey: (id: string) => `${PEOPLE}:key:${id}`,
  apiKeysOf: (agreementId: string) => `${PEOPLE}:keys:${agreementId}`,
  apiKeysUsed: `${PEOPLE}:keys-used`,
  /** Hash: id -> feed group. */
  feedGroups: `${PEOPLE}:feed-groups`,
  /** Tells the keys that data is sealed with from others; gives none of them away. */
  keyRing: `${PEOPLE}:key-ring`,
  /** Hash: person -> how they want to be told (`TellingSettings`). */
  telling: `${PEOPLE}:telling`,
  /** Hash: person -> the day of the last summary that was sent, or was to be. */
  digests: `${PEOPLE}:digests`,
  /** The sender of Accord's e-mail, while there is one. */
  mailFrom: `${PEOPLE}:mail-from`,
  /** Which rotation of keys is at work. */
  rotation: `${PEOPLE}:rotation`,
  limit: (name: string) => `${PEOPLE}:limit:${name}`,
} as const;
