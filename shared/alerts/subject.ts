import { z } from "zod";
import { WindowKind } from "../calendar/window-kind.ts";
import { QuestionRule } from "../drift/question.ts";

const Window = { targetId: z.string(), window: WindowKind, start: z.iso.date() };
const Feed = { feed: z.string() };

/**
 * What an alert is about, one series of episodes each (its fingerprint within the agreement).
 *
 * - `target`: the verdict of a target in one window; `outlook`: the probability that the window will be missed; `no-return`: the
 *   rest of the window cannot mend it; `spend`: its budget of misses is spent too fast, by one rule of the agreement.
 * - `drift`: a target's figures have moved to the worse side of what was usual, whatever was agreed.
 * - `question`: a pattern in the figures asks for an explanation, by its rule and the target, feed or agent (pseudonym) it is about.
 * - `feed`: late, silent, failing or not to be fetched; `feed-suspect`: rows look made rather than measured; `provider`: all feeds of the
 *   provider are silent; `corrections`: a feed's corrections lean to one side; `restatement`: a receipt turned verdicts of closed windows.
 * - `deadline`: something the agreement wants done by a time, by its name (`claim.12`, `report.month.2026-10-01` ...).
 * - `pipeline`: Accord itself was away; `canary`: a made-up breach did not come through, so that real ones may not either.
 */
export const AlertSubject = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("target"), ...Window }),
  z.strictObject({ kind: z.literal("outlook"), ...Window }),
  z.strictObject({ kind: z.literal("no-return"), ...Window }),
  z.strictObject({ kind: z.literal("spend"), ...Window, rule: z.string() }),
  z.strictObject({ kind: z.literal("drift"), targetId: z.string() }),
  z.strictObject({ kind: z.literal("feed"), ...Feed }),
  z.strictObject({ kind: z.literal("feed-suspect"), ...Feed }),
  z.strictObject({ kind: z.literal("question"), rule: QuestionRule, about: z.string() }),
  z.strictObject({ kind: z.literal("provider") }),
  z.strictObject({ kind: z.literal("corrections"), ...Feed }),
  z.strictObject({ kind: z.literal("restatement"), receipt: z.int() }),
  z.strictObject({ kind: z.literal("deadline"), deadline: z.enum(["claim", "notice", "credit", "report"]), ref: z.string() }),
  z.strictObject({ kind: z.literal("pipeline"), fromMs: z.int(), toMs: z.int() }),
  z.strictObject({ kind: z.literal("canary") }),
]);
export type AlertSubject = z.infer<typeof AlertSubject>;

/** Names the series of episodes of one subject, e.g. `service-level.day.2026-11-20` or `feed.calls`. */
export function subjectKey(subject: AlertSubject): string {
  switch (subject.kind) {
    case "target":
      return `${subject.targetId}.${subject.window}.${subject.start}`;
    case "outlook":
    case "no-return":
      return `${subject.kind}.${subject.targetId}.${subject.window}.${subject.start}`;
    case "spend":
      return `spend.${subject.rule}.${subject.targetId}.${subject.window}.${subject.start}`;
    case "drift":
      return `drift.${subject.targetId}`;
    case "question":
      return `question.${subject.rule}.${subject.about}`;
    case "restatement":
      return `restatement.${subject.receipt}`;
    case "deadline":
      return `deadline.${subject.deadline}.${subject.ref}`;
    case "pipeline":
      return `pipeline.${subject.fromMs}`;
    case "provider":
    case "canary":
      return subject.kind;
    case "feed":
    case "feed-suspect":
    case "corrections":
      return `${subject.kind}.${subject.feed}`;
  }
}

/** What has happened cannot un-happen: no evidence will ever clear it, so that it is over when somebody has seen it. */
export function isOccurrence({ kind }: AlertSubject): boolean {
  return kind === "restatement" || kind === "corrections" || kind === "pipeline";
}
