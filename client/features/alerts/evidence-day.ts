import type { VerdictWindow } from "../../../shared/agreement/verdict.ts";
import type { Alert } from "../../../shared/alerts/alert.ts";
import { dayIn } from "../../ui/zone-time.ts";

/** When it began, or last came again: that is where one looks in the chart. */
export function onsetOf({ history, raisedAtMs }: Pick<Alert, "history" | "raisedAtMs">): { readonly atMs: number; readonly word: string } {
  const again = history.findLast(({ kind }) => kind === "reopened");
  return again === undefined ? { atMs: raisedAtMs, word: "raised" } : { atMs: again.atMs, word: "again" };
}

/**
 * The local day whose intervals an alert rests on: the day it is about, of a longer window the day it was raised or came again.
 *
 * @param window the window it is about, if its verdict is known: what is raised after its end rests on its last day.
 */
export function evidenceDay(alert: Pick<Alert, "subject" | "history" | "raisedAtMs">, timeZone: string, window?: VerdictWindow): string {
  const { subject } = alert;
  if ("window" in subject && subject.window === "day") return subject.start;
  const raised = dayIn(timeZone, onsetOf(alert).atMs);
  if (window === undefined) return raised;
  const last = dayIn(timeZone, window.toMs - 1);
  return raised > last ? last : raised;
}
