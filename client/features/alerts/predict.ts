import { act, type AlertAct } from "../../../shared/alerts/act.ts";
import type { ActResult } from "../../../shared/alerts/act.ts";
import type { AlertActRequest } from "../../../shared/protocol/alert-acts.ts";
import type { PartyActor } from "../../../shared/settlement/party.ts";
import { dutyTerms } from "./duty-terms.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** What is in a form, by field; a time is a length from the moment the form is sent, or `at` and the time. */
export type Chosen = Readonly<Record<"note" | "owner" | "cause" | "due" | "until", string>>;

/** What somebody asks to be done, and whom it names. */
export interface Doing {
  readonly request: AlertActRequest;
  /** The owner it names, if any: the request has the id only. */
  readonly owner: PartyActor | null;
  /** What it was made of, if with a form. */
  readonly chosen?: Chosen;
  /** Of an undo: how many alerts what it takes back was about; some of them may not have been acknowledged. */
  readonly undoes?: number;
}

function actOf({ request, owner }: Doing, who: PartyActor): AlertAct {
  switch (request.do) {
    case "assign":
      return { do: "assign", note: request.note, owner: owner ?? who };
    case "acknowledge": {
      const { note, cause, dueMs } = request;
      return { do: "acknowledge", note, cause, dueMs, owner: owner ?? who };
    }
    default:
      return request;
  }
}

/** What the server will make of it, as far as this browser knows: the same rules, on what it sees. */
export function predict(listed: ListedAlert, doing: Doing, who: PartyActor, nowMs: number): ActResult {
  const { alert, agreement } = listed;
  return act(alert, actOf(doing, who), { who, seenSeq: alert.seq, nowMs }, dutyTerms(agreement));
}
