import type { FeedHealth } from "../../../shared/protocol/live.ts";
import type { Receipt } from "../../../shared/protocol/receipt.ts";
import { formatCount } from "../../../shared/metrics/format.ts";
import type { MarkKind } from "../../ui/status/mark.tsx";
import { spanWords } from "../../ui/zone-time.ts";

export interface StateWords {
  readonly mark: MarkKind;
  readonly word: string;
  /** Needs somebody, so that it is shown as a chip. */
  readonly stands: boolean;
}

/** A part of a whole in percent, floored below the whole: what is not all is never "100 %". */
export function shareWords(part: number, whole: number): string {
  if (whole === 0) return "—";
  if (part === 0 || part === whole) return part === 0 ? "0 %" : "100 %";
  return `${(Math.min(999, Math.max(1, Math.round((1000 * part) / whole))) / 10).toFixed(1)} %`;
}

/** The heading of a feed's page: how it stands. */
export function feedFinding(feed: FeedHealth, nowMs: number): string {
  const since = feed.dueAtMs === null ? "" : ` for ${spanWords(nowMs - feed.dueAtMs)}`;
  switch (feed.state) {
    case "fresh":
      return typeof feed.trouble === "string" ? `${feed.name} cannot be fetched` : `${feed.name} is on time`;
    case "late":
      return since === "" ? `${feed.name} is late` : `${feed.name} has been late${since}`;
    case "silent":
      return since === "" ? `${feed.name} is silent` : `${feed.name} has been silent${since}`;
    case "never":
      return `${feed.name} has never delivered`;
    case "closed":
      return `${feed.name} rests while the service is closed`;
  }
}

/** The state of a feed in a word, made specific where that helps. */
export function feedWords(feed: FeedHealth, nowMs: number): StateWords {
  const isWell = feed.state === "fresh" || feed.state === "closed" || feed.state === "never";
  if (isWell && typeof feed.trouble === "string") return { mark: "risk", word: "Cannot be fetched", stands: true };
  switch (feed.state) {
    case "fresh":
      return { mark: "met", word: "On time", stands: false };
    case "late":
      return { mark: "risk", word: feed.dueAtMs === null ? "Late" : `Late ${spanWords(nowMs - feed.dueAtMs)}`, stands: true };
    case "silent":
      return { mark: "nodata", word: feed.dueAtMs === null ? "Silent" : `Silent ${spanWords(nowMs - feed.dueAtMs)}`, stands: true };
    case "never":
      return { mark: "nodata", word: "No data yet", stands: true };
    case "closed":
      return { mark: "notcounted", word: "Closed now", stands: false };
  }
}

/** What a file took away, where files of its feed replace the whole days that they cover. */
export function replacedWords({ covers, counts: { withdrawn = 0 } }: Receipt): string {
  const days = covers === undefined || covers.from === covers.to ? (covers?.from ?? "") : `${covers.from} to ${covers.to}`;
  const gone = withdrawn === 1 ? "1 row of older files is" : `${formatCount(withdrawn)} rows of older files are`;
  return `It says everything of ${days}: ${withdrawn === 0 ? "nothing of older files is" : gone} withdrawn.`;
}

/** The state of a receipt with its counts. */
export function receiptWords(receipt: Receipt): StateWords {
  const { counts } = receipt;
  switch (receipt.state) {
    case "accepted":
      return { mark: "notcounted", word: "Accepted, waits its turn", stands: false };
    case "applying":
      return { mark: "notcounted", word: `Applying, ${formatCount(receipt.progressRows)} rows read`, stands: false };
    case "applied":
      if (counts.rejected > 0)
        return { mark: "risk", word: `${formatCount(counts.applied)} applied, ${formatCount(counts.rejected)} refused`, stands: true };
      return { mark: "met", word: counts.restated > 0 ? `Applied, ${formatCount(counts.restated)} restated` : "Applied", stands: false };
    case "rejected":
      return { mark: "missed", word: "Refused as a whole", stands: true };
    case "superseded":
      return { mark: "notcounted", word: "Superseded by a newer file", stands: false };
  }
}

/** Rows of the latest receipt of a feed that still need mending. */
export function rowsToMend(feed: FeedHealth, receipts: readonly Receipt[]): number {
  const latest = receipts.find(
    (receipt) => receipt.feedId === feed.feedId && (receipt.state === "applied" || receipt.state === "rejected"),
  );
  return latest?.counts.rejected ?? 0;
}

/** The heading of the page: what needs the reader. */
export function feedsFinding(late: number, toMend: number, never: number): string {
  const lateWords = late === 0 ? "" : late === 1 ? "one feed is late" : `${late} feeds are late`;
  const mendWords = toMend === 0 ? "" : toMend === 1 ? "one row needs mending" : `${formatCount(toMend)} rows need mending`;
  const neverWords = never === 0 ? "" : never === 1 ? "one feed waits for its first file" : `${never} feeds wait for their first file`;
  const needs = [lateWords, mendWords, neverWords].filter((words) => words !== "");
  const both = needs.length < 2 ? needs.join("") : `${needs.slice(0, -1).join(", ")} and ${needs.at(-1) ?? ""}`;
  return both === "" ? "All feeds are on time" : both.charAt(0).toUpperCase() + both.slice(1);
}
