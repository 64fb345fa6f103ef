import type { AlertSeverity } from "../agreement/alert-clauses.ts";
import type { Alert, AlertTransition, TransitionKind } from "./alert.ts";
import { isClosedEarly } from "./notice.ts";

/** One transition as it is told. */
export interface News {
  readonly alert: Alert;
  readonly transition: AlertTransition;
  /** Where the alert is shown. */
  readonly link: string;
}

/** What one message says, to people or machines, of one agreement. */
export interface AlertMessage {
  /** Names the message to its receiver: the same for every attempt, so that who got it twice can tell. */
  readonly id: string;
  readonly agreement: { readonly id: string; readonly name: string; readonly timeZone: string };
  readonly news: readonly [News, ...News[]];
  /** Which attempt a person asked for, if one did. */
  readonly repeated: number | null;
}

const SEVERITIES: Readonly<Record<AlertSeverity, string>> = { critical: "Critical", high: "High", warning: "Warning" };

const HAPPENED: Readonly<Partial<Record<TransitionKind, string>>> = {
  raised: "Raised",
  reopened: "It came back",
  worsened: "It got worse",
  changed: "There is another reason",
  "flap-started": "It comes and goes again and again",
  escalated: "Nobody has answered so far",
  released: "It stands by itself again",
  "released-by-owner": "Given back",
  "acknowledgement-expired": "The promised update is overdue, so it is open again",
  "snooze-ended": "The snooze is over and it still holds",
  resolved: "It is over",
  voided: "A correction of the data has voided it",
  closed: "Closed",
  "rule-changed": "It ended because the agreement changed",
  assigned: "Assigned to you",
  acknowledged: "Acknowledged",
  commented: "Commented",
};

/** One line of text in which nothing can end a line, hide, or turn the direction of writing. */
export function oneLine(text: string, length = 300): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/ +/gu, " ")
    .trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}

/** Text that is text in HTML, too, as content and in attributes. */
export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** An instant as the agreement's clock shows it, e.g. `2026-11-20 13:05 (Europe/Berlin)`. */
function clockText(ms: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: "minute" })} (${timeZone})`;
}

export function severityWord({ severity }: Pick<Alert, "severity">): string {
  return SEVERITIES[severity];
}

/** What happened, with who did it and their words, e.g. `Acknowledged by Q. Lead: on it`. */
export function happened({ alert, transition }: News): string {
  const { kind, by, byId, note } = transition;
  const who = byId === undefined ? "" : ` by ${oneLine(by, 80)}`;
  const words = note === "" || note === alert.headline ? "" : `: ${oneLine(note)}`;
  return `${HAPPENED[kind] ?? kind}${who}${words}`;
}

/** What is still so of an alert that a person has closed. */
function leftOpen({ subject, signal }: Alert): string {
  if (subject.kind === "deadline") return "Accord cannot see whether it was done";
  return signal === "recovering" ? "It is better, but not for long enough yet" : "What was found still holds";
}

/** Facts of an alert, a line each. */
export function factsOf({ alert }: News, timeZone: string): string[] {
  const { owner, status, raisedAtMs, frozenSinceMs } = alert;
  return [
    `Since ${clockText(raisedAtMs, timeZone)}`,
    ...(owner !== null ? [`With ${oneLine(owner.name, 80)}`] : status === "resolved" ? [] : ["Nobody has it"]),
    ...(isClosedEarly(alert) ? [leftOpen(alert)] : []),
    ...(frozenSinceMs === null ? [] : [`No data since ${clockText(frozenSinceMs, timeZone)}; its figures are of then`]),
  ];
}

/** The line by which a message is known, e.g. `[Critical] Service level 72.4 % today, agreed at least 80 % - Claims`. */
export function titleOf({ news, agreement, repeated }: AlertMessage): string {
  const [first, ...more] = news;
  const worst = [first, ...more].toSorted((a, b) => rank(a) - rank(b))[0] ?? first;
  const what = more.length === 0 ? first.alert.headline : `${news.length} alerts, among them: ${worst.alert.headline}`;
  const again = repeated === null ? "" : " (sent again)";
  return oneLine(`[${stateWord(worst.alert)}] ${what} - ${agreement.name}${again}`, 200);
}

function stateWord(alert: Alert): string {
  if (alert.status !== "resolved") return severityWord(alert);
  return isClosedEarly(alert) ? "Closed by hand" : "Over";
}

function rank({ alert }: News): number {
  return ["critical", "high", "warning"].indexOf(alert.severity) + (alert.status === "resolved" ? 3 : 0);
}
