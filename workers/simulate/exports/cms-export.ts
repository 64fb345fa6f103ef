import type { Zone } from "../../../shared/calendar/zone.ts";
import { clockText } from "./clock-text.ts";
import { ACCEPTABLE_S, FIRST_PERIOD_S, INTERVAL_S, type SplitInterval } from "./split-interval.ts";

/** Columns of the Avaya CMS table `hsplit`, in its order. */
const COLUMNS = [
  "row_date",
  "starttime",
  "intrvl",
  "acd",
  "split",
  "i_stafftime",
  "acdcalls",
  "anstime",
  "acdtime",
  "acwtime",
  "acdcalls1",
  "holdcalls",
  "holdtime",
  "abncalls",
  "abntime",
  "abncalls1",
  "acceptable",
  "servicelevel",
  "period1",
  "callsoffered",
  "slvlabns",
] as const;
type Column = (typeof COLUMNS)[number];

function cells(zone: Zone, row: SplitInterval): Record<Column, string | number> {
  const { day, hmm } = clockText(zone, row.startS);
  return {
    row_date: day,
    starttime: hmm,
    intrvl: INTERVAL_S / 60,
    acd: 1,
    split: row.split,
    i_stafftime: row.staffedS,
    acdcalls: row.answered,
    anstime: row.answerWaitS,
    acdtime: row.talkS,
    acwtime: row.acwS,
    acdcalls1: row.answeredInFirstPeriod,
    holdcalls: row.holds,
    holdtime: row.holdS,
    abncalls: row.abandoned,
    abntime: row.abandonWaitS,
    abncalls1: row.abandonedInFirstPeriod,
    acceptable: row.acceptable,
    servicelevel: ACCEPTABLE_S,
    period1: FIRST_PERIOD_S,
    callsoffered: row.answered + row.abandoned,
    slvlabns: row.abandonedAcceptable,
  };
}

/** An interval export of the first provider: semicolons, one row per split and interval, absolute counts, times in seconds. */
export function cmsExport(zone: Zone, intervals: readonly SplitInterval[]): string {
  const ordered = intervals.toSorted((a, b) => a.startS - b.startS || a.split.localeCompare(b.split));
  const lines = ordered.map((interval) => {
    const row = cells(zone, interval);
    return COLUMNS.map((column) => row[column]).join(";");
  });
  return `${[COLUMNS.join(";"), ...lines].join("\n")}\n`;
}
