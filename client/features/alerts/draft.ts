import type { AlertTransition, TransitionKind } from "../../../shared/alerts/alert.ts";
import type { FormDeed } from "./act-words.ts";
import type { ListedAlert } from "./listed-alert.ts";

/** What somebody has begun to write about an alert, and what they saw when they began. */
export interface Draft {
  readonly deed: FormDeed;
  readonly text: string;
  readonly seenSeq: number;
  /** Names the form that it is written in: another one must not take its place. */
  readonly form: string;
}

/** How a form is sent. */
export interface Sending {
  /** The form that is shown. */
  readonly deed: FormDeed;
  /** What its button does: a comment where somebody was faster, so that nobody takes over without having seen it. */
  readonly does: FormDeed;
}

interface Asked {
  readonly deed: FormDeed | null;
  readonly draft: Draft | null;
  /** What is possible as the alert stands. */
  readonly deeds: readonly FormDeed[];
  /** Whether the form holds something written that must not vanish. */
  readonly isWritten: boolean;
}

/** By people or evidence, the alert has been answered. */
const ANSWERS: ReadonlySet<TransitionKind> = new Set(["acknowledged", "snoozed", "closed", "resolved", "voided", "rule-changed"]);

function latestNews({ alert }: ListedAlert, draft: Draft): AlertTransition | undefined {
  return alert.history.findLast((line) => line.seq > draft.seenSeq && newsOf(line, "") !== null);
}

function newsOf({ kind }: AlertTransition, who: string): string | null {
  switch (kind) {
    case "acknowledged":
      return `${who} acknowledged this meanwhile.`;
    case "snoozed":
      return `${who} snoozed this meanwhile.`;
    case "closed":
      return `${who} resolved this meanwhile.`;
    case "assigned":
      return `${who} assigned this meanwhile.`;
    case "released-by-owner":
      return `${who} gave this back meanwhile.`;
    case "resolved":
      return "It is over by the evidence meanwhile.";
    case "voided":
      return "Corrected data made it void meanwhile.";
    case "rule-changed":
      return "A new version of the agreement ended it meanwhile.";
    case "worsened":
      return "It got worse meanwhile.";
    case "changed":
      return "It has another reason meanwhile.";
    case "reopened":
      return "It came again meanwhile.";
    default:
      return null;
  }
}

/** What happened to the alert since somebody began to write, as far as it changes what they would do; `null` if nothing did. */
export function meanwhileWords(listed: ListedAlert, draft: Draft | null, meId: string): string | null {
  const news = draft === null ? undefined : latestNews(listed, draft);
  return news === undefined ? null : newsOf(news, news.byId === meId ? "You" : news.by);
}

/** The form to show and what its button does; `null` for none. A form somebody writes in stays whatever becomes of the alert. */
export function sendingOf({ alert }: ListedAlert, { deed, draft, deeds, isWritten }: Asked): Sending | null {
  if (deed === null) return null;
  const isPossible = deeds.includes(deed);
  if (draft === null) {
    if (isPossible) return { deed, does: deed };
    return isWritten ? { deed: "comment", does: "comment" } : null;
  }
  const isAnswered = alert.history.some(({ seq, kind }) => seq > draft.seenSeq && ANSWERS.has(kind));
  if (deed === "comment" || (isPossible && !isAnswered)) return { deed, does: deed };
  return { deed, does: "comment" };
}
