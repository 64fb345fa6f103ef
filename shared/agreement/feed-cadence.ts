import type { Zone } from "../calendar/zone.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Agreement } from "./agreement.ts";
import { measuredRanges } from "./windows.ts";

export interface Cadence {
  readonly state: "fresh" | "silent" | "never" | "closed";
  /** When data is due next; `null` without a cadence, before the first data or while the service is closed. */
  readonly dueAtMs: number | null;
  readonly everyMs: number | null;
  /** Since when data is overdue. */
  readonly silentSinceMs: number | null;
}

export interface CadenceInput {
  readonly feed: FeedDefinition;
  readonly agreement: Agreement;
  readonly zone: Zone;
  readonly lastDataMs: number | null;
  readonly nowMs: number;
}

function length(iso: string): number {
  return Temporal.Duration.from(iso).total({ unit: "millisecond" });
}

/**
 * Whether a feed keeps its cadence at an instant. The clock runs only while the service is open: data due overnight
 * counts from the opening. A feed that never delivered is `never`, which is not yet silence.
 */
export function cadenceOf(input: CadenceInput): Cadence {
  const { feed, agreement, zone, lastDataMs, nowMs } = input;
  if (feed.expected === undefined) return { state: lastDataMs === null ? "never" : "fresh", dueAtMs: null, everyMs: null, silentSinceMs: null };
  const everyMs = length(feed.expected.every);
  const open = measuredRanges(agreement, zone, zone.localDay(nowMs)).find((range) => nowMs >= range.fromMs && nowMs < range.toMs);
  if (lastDataMs === null) return { state: "never", dueAtMs: null, everyMs, silentSinceMs: null };
  if (open === undefined) return { state: "closed", dueAtMs: null, everyMs, silentSinceMs: null };
  const continuous = agreement.serviceHours === "always";
  const dueAtMs = (continuous ? lastDataMs : Math.max(lastDataMs, open.fromMs)) + everyMs;
  const silentSinceMs = dueAtMs + length(feed.expected.grace);
  const silent = nowMs > silentSinceMs;
  return { state: silent ? "silent" : "fresh", dueAtMs, everyMs, silentSinceMs: silent ? silentSinceMs : null };
}
