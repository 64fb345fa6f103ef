import type { Alert, AlertTransition } from "../alerts/alert.ts";
import { AppError } from "../protocol/errors.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

function length(ms: number): string {
  if (ms < MINUTE_MS) return `${Math.max(0, Math.round(ms / 1000))} s`;
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`;
  return ms < 2 * DAY_MS ? `${Math.round(ms / HOUR_MS)} h` : `${Math.round(ms / DAY_MS)} days`;
}

/** What was done, as somebody is told who came later; `null` of what changes no ground. */
function deed({ kind, by, note }: AlertTransition): string | null {
  switch (kind) {
    case "acknowledged":
      return `${by} acknowledged it`;
    case "snoozed":
      return `${by} snoozed it`;
    case "assigned":
      return `${by} gave it to somebody`;
    case "released-by-owner":
      return `${by} gave it back`;
    case "closed":
      return `${by} closed it`;
    case "worsened":
      return `It got worse ("${note}")`;
    case "changed":
      return `There was another reason ("${note}")`;
    case "reopened":
      return `It came again ("${note}")`;
    default:
      return null;
  }
}

/** Answer to somebody who acts on what is over: what ended it and when, in the terms of the person's clock. */
export function lateAnswer({ resolution, changedAtMs }: Alert, nowMs: number): AppError {
  const atMs = resolution?.atMs ?? changedAtMs;
  const by = resolution?.by === undefined ? "the evidence" : resolution.by;
  const why = resolution === null ? "" : `: ${resolution.reason}`;
  const when = `${length(nowMs - atMs)} before, at ${new Date(atMs).toISOString()}`;
  return new AppError("conflict", `The alert was resolved ${when}, by ${by}${why}`, "There is nothing left to do; comment or rate it.");
}

/** Answer to somebody who acts on what is no longer so: who was faster, or what got worse. */
export function staleAnswer({ history }: Alert, seenSeq: number, nowMs: number): AppError {
  const found = history.findLast((line) => line.seq > seenSeq && deed(line) !== null);
  if (found === undefined)
    return new AppError("conflict", "The alert has changed since you looked.", "Look at the present state, then decide again.");
  const when = `${length(nowMs - found.atMs)} before you, at ${new Date(found.atMs).toISOString()}`;
  return new AppError("conflict", `${deed(found)} ${when}.`, "Look at the present state, then decide again.");
}
