import type { Alert } from "./alert.ts";
import type { MailText } from "./mail-message.ts";
import { htmlText, oneLine, severityWord } from "./message.ts";

const DAY_MS = 86_400_000;
/** More of one agreement are counted, not listed. */
const LISTED = 15;

/** What a digest says of one agreement. */
export interface DigestPart {
  readonly agreement: { readonly id: string; readonly name: string };
  /** All that are not resolved and stand for themselves, and those that changed since the day before. */
  readonly alerts: readonly Alert[];
  /** What stands out this month although no alarm was raised, each in words. */
  readonly standsOut: readonly string[];
  readonly link: string;
}

function isOpen({ status, parent }: Alert): boolean {
  return status !== "resolved" && parent === null;
}

function rank({ severity }: Alert): number {
  return ["critical", "high", "warning"].indexOf(severity);
}

/** An acknowledgement is stale when its promised update is due within the hour or overdue. */
function isStale({ status, acknowledgement }: Alert, nowMs: number): boolean {
  return status === "acknowledged" && acknowledgement?.dueMs !== null && (acknowledgement?.dueMs ?? Infinity) <= nowMs + 3_600_000;
}

function count(alerts: readonly Alert[], severity: Alert["severity"]): number {
  return alerts.filter((alert) => alert.severity === severity).length;
}

function linesOf({ agreement, alerts, standsOut, link }: DigestPart, nowMs: number): string[] {
  const open = alerts.filter(isOpen).toSorted((a, b) => rank(a) - rank(b) || a.raisedAtMs - b.raisedAtMs);
  const raised = alerts.filter(({ raisedAtMs }) => raisedAtMs > nowMs - DAY_MS).length;
  const over = alerts.filter(({ resolution }) => resolution !== null && resolution.atMs > nowMs - DAY_MS).length;
  const stale = open.filter((alert) => isStale(alert, nowMs));
  return [
    `${oneLine(agreement.name, 100)}: ${count(open, "critical")} critical, ${count(open, "high")} high, ${count(open, "warning")} warnings open`,
    `Since yesterday: ${raised} raised, ${over} over`,
    ...stale.map((alert) => `Update due: ${oneLine(alert.headline, 150)} (${oneLine(alert.acknowledgement?.by ?? "", 80)})`),
    ...open
      .slice(0, LISTED)
      .map(
        (alert) =>
          `- ${severityWord(alert)}: ${oneLine(alert.headline, 200)}${alert.owner === null ? ", nobody has it" : `, with ${oneLine(alert.owner.name, 80)}`}`,
      ),
    ...(open.length > LISTED ? [`- and ${open.length - LISTED} more`] : []),
    ...(standsOut.length > 0 ? ["Stands out this month, without an alarm (at most one in ten of these by chance):"] : []),
    ...standsOut.slice(0, LISTED).map((text) => `- ${oneLine(text, 200)}`),
    link,
  ];
}

/** The day's summary as e-mail: what is open, what is overdue, what happened since yesterday, agreement by agreement. */
export function digestOf(parts: readonly DigestPart[], nowMs: number): MailText {
  const open = parts.flatMap(({ alerts }) => alerts.filter(isOpen));
  const subject =
    open.length === 0 ? "Accord today: no open alert" : `Accord today: ${open.length} open, ${count(open, "critical")} of them critical`;
  const end = "You asked for this summary under Notifications, and can end it there.";
  const text = `${parts.map((part) => linesOf(part, nowMs).join("\n")).join("\n\n")}\n\n--\n${end}\n`;
  const html = parts.map((part) => `<p>${linesOf(part, nowMs).map(htmlText).join("<br>")}</p>`).join("");
  return {
    subject,
    text,
    html: `<!doctype html><html><body style="font-family:sans-serif;font-size:14px;line-height:1.5">${html}<p style="color:#666">${end}</p></body></html>`,
  };
}
