import { createHmac } from "node:crypto";
import type { Redis } from "ioredis";
import type { Pseudonym } from "../feeds/person-reader.ts";
import { FencedError } from "./chunk.ts";
import type { KeyRing } from "./key-ring.ts";
import { agreementKeys } from "./keys.ts";
import { runScript } from "./script.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 10;
/** A file names some hundred people again and again; more than this are not all kept in mind. */
const REMEMBERED = 20_000;

/** HMAC-SHA-256 of the name, cut to 50 bits: among 10,000 people two share a pseudonym with a likelihood of 4 * 10^-8. */
function pseudonymOf(secret: Uint8Array, name: string): string {
  const digest = createHmac("sha256", secret).update(name.normalize("NFC")).digest();
  let [rest, text] = [digest.readUIntBE(0, 6) * 4 + (digest.readUInt8(6) >> 6), ""];
  for (let i = 0; i < LENGTH; i++) {
    text += LETTERS[rest % 32] ?? "";
    rest = Math.floor(rest / 32);
  }
  return text;
}

export interface Pseudonyms {
  readonly of: Pseudonym;
  /** Names that were met since the last call, by pseudonym. */
  taken(): ReadonlyMap<string, string>;
}

/**
 * Makes the pseudonyms of one agreement: without the secret nobody can tell who is meant, nor that two agreements name the
 * same person.
 *
 * @param secret 32 bytes of {@link pseudonymSecret}; zeros where nothing is stored.
 */
export function createPseudonyms(secret: Uint8Array): Pseudonyms {
  const known = new Map<string, string>();
  let fresh = new Map<string, string>();
  return {
    of: (name) => {
      const found = known.get(name);
      if (found !== undefined) return found;
      if (known.size >= REMEMBERED) known.clear();
      const made = pseudonymOf(secret, name);
      known.set(name, made);
      fresh.set(made, name);
      return made;
    },
    taken: () => {
      const taken = fresh;
      fresh = new Map();
      return taken;
    },
  };
}

/** For what names of agents are sealed, and their pseudonyms made. */
export function namesPurpose(agreementId: string): string {
  return `pseudonyms:${agreementId}`;
}

export function pseudonymSecret(keyRing: KeyRing, agreementId: string): Uint8Array {
  return keyRing.secretFor(namesPurpose(agreementId));
}

const SAVE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 'fenced' end
for i = 2, #ARGV, 2 do redis.call('HSETNX', KEYS[2], ARGV[i], ARGV[i + 1]) end
return 'done'
`;

interface Names {
  readonly agreementId: string;
  /** The worker's lease token. */
  readonly fence: string;
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Keeps who is behind pseudonyms, sealed, beside the facts and not in them: erasing an entry changes no figure. A second
 * run changes nothing, because a pseudonym always stands for the same name.
 *
 * @throws FencedError when another worker has taken the agreement over.
 */
export async function saveAgentNames(redis: Redis, keyRing: KeyRing, { agreementId, fence, names }: Names): Promise<void> {
  if (names.size === 0) return;
  const { lease, agentNames } = agreementKeys(agreementId);
  const sealed = [...names].flatMap(([pseudonym, name]) => [pseudonym, keyRing.seal(namesPurpose(agreementId), Buffer.from(name))]);
  if ((await runScript(redis, SAVE, [lease, agentNames], [fence, ...sealed])) === "fenced") throw new FencedError();
}

/** Who is behind pseudonyms; those that were erased, or never known, are left out. */
export async function readAgentNames(
  redis: Redis,
  keyRing: KeyRing,
  { agreementId, pseudonyms }: { readonly agreementId: string; readonly pseudonyms: readonly string[] },
): Promise<Map<string, string>> {
  if (pseudonyms.length === 0) return new Map();
  const sealed = await redis.hmgetBuffer(agreementKeys(agreementId).agentNames, ...pseudonyms);
  const names = new Map<string, string>();
  pseudonyms.forEach((pseudonym, i) => {
    const bytes = sealed[i] ?? null;
    if (bytes !== null) names.set(pseudonym, keyRing.unseal(namesPurpose(agreementId), bytes).toString("utf8"));
  });
  return names;
}

/** Everybody who is known behind pseudonyms in an agreement. */
export async function readAllAgentNames(redis: Redis, keyRing: KeyRing, agreementId: string): Promise<Map<string, string>> {
  const sealed = Object.entries(await redis.hgetallBuffer(agreementKeys(agreementId).agentNames));
  return new Map(sealed.map(([pseudonym, bytes]) => [pseudonym, keyRing.unseal(namesPurpose(agreementId), bytes).toString("utf8")]));
}
