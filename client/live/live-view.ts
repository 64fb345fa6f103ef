import type { WireError } from "../../shared/protocol/errors.ts";
import type { AgreementState } from "./agreement-state.ts";
import type { ConnectionState } from "./connection.ts";

export type Agreements = ReadonlyMap<string, AgreementState>;

/** Everything the screens read. The same object as long as nothing changed. */
export interface LiveView {
  readonly agreements: Agreements;
  /** Why an agreement cannot be watched, by agreement id. */
  readonly failures: ReadonlyMap<string, WireError>;
  readonly connection: ConnectionState;
  /**
   * By the server's clock: the last time it confirmed that these figures are current. Only set while they are not live,
   * so that an idle board repaints nothing.
   */
  readonly confirmedAtMs: number | null;
  readonly paused: { readonly sinceMs: number; readonly waiting: number } | null;
}

export const EMPTY_VIEW: LiveView = {
  agreements: new Map(),
  failures: new Map(),
  connection: "connecting",
  confirmedAtMs: null,
  paused: null,
};

export function isSameView(a: LiveView, b: LiveView): boolean {
  return (
    a.agreements === b.agreements &&
    a.failures === b.failures &&
    a.connection === b.connection &&
    a.confirmedAtMs === b.confirmedAtMs &&
    a.paused?.sinceMs === b.paused?.sinceMs &&
    a.paused?.waiting === b.paused?.waiting
  );
}
