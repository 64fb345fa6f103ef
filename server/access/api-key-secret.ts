import { createHash, randomInt, timingSafeEqual } from "node:crypto";

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const FORM = /^acc_([0-9A-Za-z]{8})_([0-9A-Za-z]{43})$/u;

function randomText(length: number): string {
  return Array.from({ length }, () => BASE62[randomInt(BASE62.length)]).join("");
}

export function sha256Hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A new key: its public id, the secret that is shown once (256 bits of chance), and what is kept of it. */
export function newApiKeySecret(): { id: string; secret: string; secretSha256: string } {
  const id = randomText(8);
  const secret = `acc_${id}_${randomText(43)}`;
  return { id, secret, secretSha256: sha256Hex(secret) };
}

/** The id in a key of the right form, otherwise `null`. */
export function apiKeyId(secret: string): string | null {
  return FORM.exec(secret)?.[1] ?? null;
}

/** A hash without salt and stretching is enough for a secret that nobody can guess. */
export function matchesApiKey(secret: string, secretSha256: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(secret), "hex"), Buffer.from(secretSha256, "hex"));
}
