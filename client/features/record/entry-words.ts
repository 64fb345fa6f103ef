import type { LedgerEntry } from "../../../shared/ledger/entry.ts";
import { isWindowKind } from "../../../shared/calendar/window-kind.ts";
import { countWords } from "../../live/count-words.ts";
import { startedName } from "../../live/window-words.ts";

const STATE_WORDS = { applied: "applied", rejected: "refused whole", superseded: "already known in a newer version" } as const;

/** The ledger's "month.2026-09-01" as "September 2026". */
function windowWords(window: string): string {
  const [kind = "", start = ""] = window.split(".");
  return isWindowKind(kind) && start !== "" ? startedName({ kind, start }) : window.replace(".", " ");
}

/** A ledger entry as one plain sentence. `targetName` names a target by its id. */
export function entryWords(entry: LedgerEntry, targetName: (id: string) => string): string {
  switch (entry.kind) {
    case "agreement-version":
      return `Agreement added with version ${entry.version} and ${countWords(entry.feeds.length, "feed")}`;
    case "receipt-accepted":
      return `Receipt ${entry.receipt} taken in for ${entry.feed}, ${entry.bytes.toLocaleString("en-GB")} bytes`;
    case "receipt-settled":
      return `Receipt ${entry.receipt} ${STATE_WORDS[entry.state]}: ${countWords(entry.rows, "row")}, ${entry.rejected} refused, ${entry.restated} corrected`;
    case "period-replaced":
      return `Receipt ${entry.receipt} replaced ${entry.from === entry.to ? entry.from : `${entry.from} to ${entry.to}`}: ${countWords(entry.withdrawn, "row")} of older files withdrawn`;
    case "verdict":
    case "verdict-sealed":
      return `${targetName(entry.target)} for ${windowWords(entry.window)} sealed as ${entry.status.replaceAll("-", " ")}`;
    case "alert":
      return `Alert ${entry.alert}: ${entry.transition.replaceAll("-", " ")}`;
    case "version-proposed":
      return `Version ${entry.version} proposed by the ${entry.party}`;
    case "version-signed":
      return `Version ${entry.version} signed by the ${entry.party}${entry.paperSha256 === null ? "" : " on paper"}`;
    case "version-ended":
      return `Version ${entry.version} ${entry.state} by the ${entry.party}`;
    case "version-in-force":
      return `Version ${entry.version} came into force from ${entry.from} on`;
    case "claim":
      return `Claim ${entry.claim}: ${entry.state === "claimed" ? "made" : entry.state}`;
    case "forecast":
      return `Forecast of ${entry.month} handed in`;
    case "feed-defined":
      return `Feed ${entry.feed} added`;
    case "restatement":
      return `Receipt ${entry.receipt} corrected ${countWords(entry.rows, "row")} of ${entry.feed}`;
    case "period-closed":
      return `Period ${windowWords(entry.period)} closed by the ${entry.party}, up to receipt ${entry.watermark}`;
    case "period-refused":
      return `Closing of ${windowWords(entry.period)} refused by the ${entry.party}`;
    case "raw-condensed":
      return `File of receipt ${entry.receipt} condensed to ${countWords(entry.rows, "row")} under pseudonyms`;
    case "erased":
      return entry.what === "name" ? `Name behind ${entry.subject} erased` : `Files of ${entry.subject} erased`;
    case "coaching-noted":
      return `Coaching for ${targetName(entry.target)} noted`;
    case "calibration-drawn":
      return `${countWords(entry.drawn, "evaluation")} of ${entry.population} of ${entry.feed} drawn for calibration`;
    case "calibration-scored":
      return `Evaluation ${entry.record} scored a second time`;
    case "key-rotated":
      return "The operator's key was changed";
  }
}
