import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { AppError } from "../../shared/protocol/errors.ts";
import { COMMON_PASSWORDS } from "./common-passwords.ts";

interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

/** OWASP's first choice for argon2id. Stored with every hash, so that it may be raised later. */
const COST: Cost = { memoryKiB: 19_456, passes: 2, lanes: 1 };
const STORED = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d)\$([\w-]{22,})\$([\w-]{43})$/u;

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const parameters = {
    message: password,
    nonce: salt,
    memory: cost.memoryKiB,
    passes: cost.passes,
    parallelism: cost.lanes,
    tagLength: 32,
  };
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** @returns the hash with its parameters and salt, as one line of text. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, COST);
  const cost = `m=${COST.memoryKiB},t=${COST.passes},p=${COST.lanes}`;
  return `$argon2id$v=19$${cost}$${salt.toString("base64url")}$${hash.toString("base64url")}`;
}

const NOBODYS = `$argon2id$v=19$m=19456,t=2,p=1$${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Compares a password with its stored form.
 *
 * @param stored null for an unknown person: the same work is done, so that the answer takes as long.
 */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const match = STORED.exec(stored ?? NOBODYS);
  if (match === null) throw new Error("a stored password has an unknown form");
  const [, memory, passes, lanes, salt = "", hash = ""] = match;
  const cost = { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) };
  const derived = await derive(password, Buffer.from(salt, "base64url"), cost);
  return timingSafeEqual(derived, Buffer.from(hash, "base64url")) && stored !== null;
}

/** @throws AppError bad-request for a password that attackers try first. */
export function refuseCommonPassword(password: string): void {
  if (!COMMON_PASSWORDS.has(password.toLowerCase())) return;
  throw new AppError("bad-request", "This password is one of the most common ones.", "Choose another, for example four unrelated words.");
}
