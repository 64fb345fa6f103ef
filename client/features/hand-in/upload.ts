import type { Receipt } from "../../../shared/protocol/receipt.ts";

/** What became of an upload so far. */
export type UploadState =
  | { readonly state: "waiting" }
  | { readonly state: "sending"; readonly sent: number; readonly total: number; readonly stop: () => void }
  | { readonly state: "done"; readonly receipt: Receipt; /** Accord already had exactly these bytes. */ readonly isKnown: boolean }
  | { readonly state: "failed"; readonly message: string };

/** A file on its way to a feed. */
export interface Upload {
  /** The same for every attempt, so that a lost answer never counts twice. */
  readonly key: string;
  readonly feedId: string;
  readonly file: File;
  readonly progress: UploadState;
}
