import { z } from "zod";
import { WindowKind } from "../calendar/window-kind.ts";
import type { AlertSubject } from "./subject.ts";

/** What raises alerts of one sort again and again: a kind of finding about one target, feed or deadline. */
export const AlertRule = z.strictObject({
  kind: z.enum([
    "target",
    "outlook",
    "no-return",
    "spend",
    "drift",
    "feed",
    "feed-suspect",
    "question",
    "provider",
    "corrections",
    "restatement",
    "deadline",
    "pipeline",
    "canary",
  ]),
  /** The target's id, the feed's id or the sort of deadline; `null` where there is but one. */
  about: z.string().nullable(),
  window: WindowKind.nullable(),
  /** The rule of the agreement about spending, by name. */
  spend: z.string().nullable(),
});
export type AlertRule = z.infer<typeof AlertRule>;

/** The rule whose work an alert about this subject is. */
export function ruleOf(subject: AlertSubject): AlertRule {
  const rule = { kind: subject.kind, about: null, window: null, spend: null };
  switch (subject.kind) {
    case "target":
    case "outlook":
    case "no-return":
      return { ...rule, about: subject.targetId, window: subject.window };
    case "spend":
      return { ...rule, about: subject.targetId, window: subject.window, spend: subject.rule };
    case "drift":
      return { ...rule, about: subject.targetId };
    case "feed":
    case "feed-suspect":
    case "corrections":
      return { ...rule, about: subject.feed };
    case "question":
      return { ...rule, about: subject.rule };
    case "deadline":
      return { ...rule, about: subject.deadline };
    case "restatement":
    case "provider":
    case "pipeline":
    case "canary":
      return rule;
  }
}

/** Names a rule within its agreement. */
export function ruleKey({ kind, about, window, spend }: AlertRule): string {
  return [kind, about, window, spend].map((part) => part ?? "").join("|");
}
