import type { Outlook } from "../outlook/outlook.ts";
import type { SettlementVersion } from "./version.ts";

/** Fills in what a default in the outlook's window costs, and that times the probability of it. */
export function withCredit(outlook: Outlook, version: SettlementVersion): Outlook {
  return version.agreement.credits === undefined ? { ...outlook, credit: null } : outlook;
}
