import type { Receipt } from "../../shared/protocol/receipt.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";

/** One receipt's file on its way into the facts, under a lease. */
export interface FileTask {
  readonly stored: StoredAgreement;
  readonly receipt: Receipt;
  readonly fence: string;
  /** Said where only whole chunks of so many rows, refused ones included, were applied before the file was set aside. */
  readonly mostRows?: number;
}
