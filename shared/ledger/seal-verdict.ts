import type { Verdict } from "../agreement/verdict.ts";
import { canonicalBytes } from "./canonical.ts";
import type { Sha256Function } from "./entry.ts";

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte] ?? "";
  return text;
}

/**
 * Gives a verdict its hash: SHA-256 of the canonical JSON of everything but `hash`, in hex. The two decimals of a 95 %
 * interval stand in it as text, as ECMAScript prints them: canonical numbers are integers. Equal verdicts have equal hashes.
 */
export function sealVerdict(verdict: Verdict, sha256: Sha256Function): Verdict {
  const { hash: _, interval, reason, trace, ...rest } = verdict;
  const bytes = canonicalBytes({
    ...rest,
    interval: interval === null ? null : { low: String(interval.low), high: String(interval.high) },
    reason: reason.toWellFormed(),
    trace: trace.map((line) => line.toWellFormed()),
  });
  return { ...verdict, hash: hex(sha256(bytes)) };
}
