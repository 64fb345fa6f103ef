import type { Redis } from "ioredis";
import type { VerdictWindow } from "../../shared/agreement/verdict.ts";
import { liesIn } from "../../shared/settlement/close-period.ts";
import { readClosings } from "../../shared/store/period-close.ts";

/** The id of the closed period in which a window lies as a whole, or `null`. */
export type ClosedIn = (window: Pick<VerdictWindow, "fromMs" | "toMs">) => string | null;

/** @param mark how often closings have changed; where none ever has, nothing is read. */
export async function readClosedPeriods(redis: Redis, agreementId: string, mark: string): Promise<ClosedIn> {
  if (mark === "") return () => null;
  const closed = [...(await readClosings(redis, agreementId)).values()].filter(({ state }) => state === "closed");
  return (window) => closed.find((period) => liesIn(window, period))?.id ?? null;
}
