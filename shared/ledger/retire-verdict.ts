import type { Verdict } from "../agreement/verdict.ts";
import type { Sha256Function } from "./entry.ts";
import { sealVerdict } from "./seal-verdict.ts";

/** What stands in the place of a verdict that no version in force asks for any more; `version` is the one that governs its days. */
export function retireVerdict(verdict: Verdict, version: number, sha256: Sha256Function): Verdict {
  const reason = `Version ${version} has no such target or window.`;
  const nothing = { value: null, n: 0, needed: null, interval: null, fed: null, default: null, recomputed: null, ifAllAccepted: null };
  return sealVerdict(
    {
      ...verdict,
      ...nothing,
      version,
      window: { ...verdict.window, open: false },
      status: "not-counted",
      belowMinimum: false,
      reason,
      trace: [reason],
    },
    sha256,
  );
}
