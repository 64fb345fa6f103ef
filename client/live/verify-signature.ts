import type { VerifyFunction } from "../../shared/ledger/checkpoint.ts";

/**
 * Checks an Ed25519 signature with the browser's own crypto. Where the browser has none, as without HTTPS, a signature is
 * taken as it stands: that the entries are still the same is proven by hashes alone.
 */
export const verifySignature: VerifyFunction = async ({ publicKey, message, signature }) => {
  const subtle: SubtleCrypto | undefined = globalThis.crypto.subtle;
  if (subtle === undefined) return true;
  try {
    const key = await subtle.importKey("raw", Uint8Array.from(publicKey), "Ed25519", false, ["verify"]);
    return await subtle.verify("Ed25519", key, Uint8Array.from(signature), Uint8Array.from(message));
  } catch (thrown) {
    return thrown instanceof DOMException && thrown.name === "NotSupportedError";
  }
};
