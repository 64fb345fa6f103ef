import type { Zone } from "../calendar/zone.ts";
import type { Suspicion } from "./feed-suspicion.ts";

/** A suspicion as people read it: a question, what it rests on, and what may explain it without any fault. */
export interface SuspicionWords {
  readonly question: string;
  readonly evidence: string;
  readonly innocent: readonly string[];
}

function clock(zone: Zone, ms: number): string {
  const minutes = Math.floor(zone.clockAt(ms) / 60_000);
  return `${zone.localDay(ms)} ${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

export function suspicionWords({ kind, queue, fromMs, toMs, intervals, like, tens }: Suspicion, zone: Zone): SuspicionWords {
  const span = `${clock(zone, fromMs)} to ${clock(zone, toMs)}`;
  switch (kind) {
    case "constant":
      return {
        question: `Why does ${queue} have the same counts ${intervals} times in a row?`,
        evidence: `All counts are equal in ${intervals} intervals, ${span}.`,
        innocent: [
          "An export that failed and repeated its last answer.",
          "A daily figure that was spread evenly over the intervals.",
          "A test queue with generated calls.",
        ],
      };
    case "repeated":
      return {
        question: `Why is ${zone.localDay(fromMs)} of ${queue} equal to ${like ?? "another day"}?`,
        evidence: `All ${intervals} intervals of the two days have the same counts at the same times.`,
        innocent: ["The file of the earlier day was sent again under the later date.", "A report whose date filter did not move."],
      };
    case "round":
      return {
        question: `Why are so many counts of ${queue} whole tens?`,
        evidence: `${tens ?? 0} of ${intervals} counts from 20 up end in 0, ${span}; by chance it would be one in ten.`,
        innocent: ["A system that rounds or samples its counts.", "Estimates that were handed in while the system was down."],
      };
  }
}
