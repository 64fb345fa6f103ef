import type { GroupUpload } from "../../../shared/protocol/archive-routes.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";

/** Where a file goes: to one feed, or to a group of feeds that it is taken apart for. */
export interface UploadTarget {
  readonly kind: "feed" | "group";
  readonly id: string;
}

/** What became of an upload so far. */
export type UploadState =
  | { readonly state: "waiting" }
  | { readonly state: "sending"; readonly sent: number; readonly total: number; readonly stop: () => void }
  | { readonly state: "done"; readonly receipt: Receipt; /** Accord already had exactly these bytes. */ readonly isKnown: boolean }
  | { readonly state: "shared"; readonly outcome: GroupUpload }
  | { readonly state: "failed"; readonly message: string };

/** A file on its way to a feed or a group. */
export interface Upload {
  /** The same for every attempt, so that a lost answer never counts twice. */
  readonly key: string;
  readonly to: UploadTarget;
  readonly file: File;
  readonly progress: UploadState;
}
