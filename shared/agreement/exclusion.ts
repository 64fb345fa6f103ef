import type { Range } from "../calendar/range.ts";

/**
 * Time that one party asks to leave out, as the engine needs it. `accepted` is left out of the adjusted figure;
 * `open` only of the figure "if all open claims were accepted". What was refused, lapsed or withdrawn is not here.
 */
export interface Exclusion extends Range {
  /** Claim id, shown in the trace. */
  readonly id: string;
  /** Ids of targets as written in the agreement; a member of an `each` target is covered by its target's id. */
  readonly targets: "all" | readonly string[];
  readonly state: "accepted" | "open";
  /** E.g. "client outage", for the trace. */
  readonly why: string;
}
