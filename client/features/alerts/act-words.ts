import type { AlertCause } from "../../../shared/alerts/alert.ts";
import type { AlertActRequest } from "../../../shared/protocol/alert-acts.ts";

export type Deed = AlertActRequest["do"];
/** What is done with a form; a rating has buttons of its own. */
export type FormDeed = Exclude<Deed, "rate">;

interface DeedWords {
  /** On the button. */
  readonly button: string;
  readonly done: string;
  readonly notDone: string;
  /** Under the heading of the form. */
  readonly means: string;
}

export const DEED_WORDS: Readonly<Record<Deed, DeedWords>> = {
  acknowledge: {
    button: "Acknowledge",
    done: "Acknowledged",
    notDone: "Not acknowledged",
    means: "The duty is theirs until the next update.",
  },
  release: { button: "Give back", done: "Given back", notDone: "Not given back", means: "It is open again and goes on to the next level." },
  comment: {
    button: "Comment",
    done: "Comment saved",
    notDone: "Comment not saved",
    means: "A comment of its owner moves the next update on.",
  },
  assign: { button: "Assign", done: "Assigned", notDone: "Not assigned", means: "They are told, and asked to see to it." },
  snooze: { button: "Snooze", done: "Snoozed", notDone: "Not snoozed", means: "Nobody is asked until then, unless it gets worse." },
  close: { button: "Resolve", done: "Resolved", notDone: "Not resolved", means: "It stays over unless it gets worse or comes again." },
  rate: { button: "Rate", done: "Rated", notDone: "Not rated", means: "" },
};

export const CAUSE_WORDS: Readonly<Record<AlertCause, string>> = {
  staffing: "Staffing below plan",
  volume: "Volume above forecast",
  "client-system": "A system of the client",
  "provider-system": "A system of the provider",
  process: "Process or script",
  data: "Data, not service",
  other: "Something else",
};
