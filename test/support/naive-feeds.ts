import {
  clock,
  count,
  fraction,
  named,
  type NaiveCells,
  type NaiveFeed,
  oneOf,
  orNull,
  parts,
  percent,
  printed,
  printedClock,
  seconds,
  start,
  within,
} from "./naive-reader.ts";

function century(date: string): string {
  const [y = "", m = "", d = ""] = parts(date, /^([0-9]{2})([0-9]{2})([0-9]{2})$/u);
  return `${Number(y) >= 70 ? "19" : "20"}${y}-${m}-${d}`;
}

function joined(texts: readonly string[]): string {
  return texts.map((text) => named(text).replaceAll(/[\\|]/gu, (mark) => `\\${mark}`)).join("|");
}

function bankOutcome(cell: NaiveCells): string {
  if (cell("outcome") === "HANG") return cell("q_start") === "0:00:00" ? "left-before-queue" : "abandoned";
  return oneOf(cell("outcome"), { AGENT: "answered", PHANTOM: "not-a-contact" });
}

/** `docs/examples/bank-feed.yaml`. */
export const NAIVE_BANK: NaiveFeed = {
  delimiter: "\t",
  columns: ["vru+line", "call_id", "date", "vru_entry", "type", "outcome", "q_start", "q_time", "ser_time"],
  read: (cell) => ({
    contactId: joined([cell("vru+line"), cell("call_id"), cell("date")]),
    queue: named(cell("type")),
    startMs: start("Asia/Jerusalem", century(cell("date")), cell("vru_entry")),
    outcome: bankOutcome(cell),
    waitMs: orNull(cell("q_time"), seconds),
    handleMs: orNull(cell("ser_time"), seconds),
    talkMs: null,
    holdMs: null,
    acwMs: null,
    csat: null,
    agent: null,
    version: null,
  }),
};

const KPI = ["Incoming Calls", "Answered Calls", "Abandoned Calls"];
const CLAIMS = ["Answer Rate", "Service Level (20 Seconds)", "Answer Speed (AVG)", "Waiting Time (AVG)", "Talk Duration (AVG)"];
const DAY_MS = 86_400_000;

function day(startMs: number, cell: NaiveCells, readers: readonly ((text: string) => unknown)[]): Record<string, unknown> {
  const claims = CLAIMS.map((column, at) => orNull(cell(column), (text) => readers[at]?.(text)));
  return { queue: "all", startMs, lengthMs: DAY_MS, counters: KPI.map((column) => count(cell(column))), claims, version: null };
}

/** `docs/examples/daily-kpi-feed.yaml`. */
export const NAIVE_KPI: NaiveFeed = {
  delimiter: ",",
  columns: ["Index", ...KPI, ...CLAIMS],
  read: (cell) => {
    const [number = ""] = parts(cell("Index"), /^([0-9]+)$/u);
    const startMs = Date.UTC(2020, 0, 1) + (Number(number) - 1) * DAY_MS;
    return day(startMs, cell, [percent, percent, printedClock, printedClock, printedClock]);
  },
};

/** `docs/examples/daily-kpi-dated-feed.yaml`. */
export const NAIVE_DATED: NaiveFeed = {
  delimiter: ",",
  columns: ["Fecha", ...KPI, ...CLAIMS],
  read: (cell) => {
    const [date = ""] = parts(cell("Fecha"), /^([0-9]{4}-[0-9]{2}-[0-9]{2})$/u);
    return day(start("UTC", date, "0:00:00"), cell, [fraction, fraction, printed, printed, printed]);
  },
};

/** `docs/examples/contact-export-feed.yaml`. */
export const NAIVE_EXPORT: NaiveFeed = {
  delimiter: ",",
  columns: [
    "Call Id",
    "Agent",
    "Date",
    "Time",
    "Topic",
    "Answered (Y/N)",
    "Speed of answer in seconds",
    "AvgTalkDuration",
    "Satisfaction rating",
  ],
  read: (cell) => {
    const [date = ""] = parts(cell("Date"), /^([0-9]{4}-[0-9]{2}-[0-9]{2})$/u);
    return {
      contactId: joined([cell("Call Id")]),
      queue: named(cell("Topic")),
      startMs: start("Europe/Zurich", date, cell("Time")),
      outcome: oneOf(cell("Answered (Y/N)"), { Y: "answered", N: "missed" }),
      waitMs: orNull(cell("Speed of answer in seconds"), seconds),
      handleMs: null,
      talkMs: orNull(cell("AvgTalkDuration"), clock),
      holdMs: null,
      acwMs: null,
      csat: orNull(cell("Satisfaction rating"), (text) => within(text, 1, 5)),
      agent: orNull(cell("Agent"), (name) => name),
      version: null,
    };
  },
};

/** `docs/examples/messy-survey-feed.yaml`. */
export const NAIVE_SURVEY: NaiveFeed = {
  delimiter: ",",
  columns: ["id", "csat_score", "call_timestamp", "channel"],
  read: (cell) => {
    const [m = "", d = "", y = ""] = parts(cell("call_timestamp"), /^([0-9]{1,2})\/([0-9]{1,2})\/([0-9]{4})$/u);
    return {
      recordId: joined([cell("id")]),
      queue: named(cell("channel")),
      startMs: start("America/New_York", `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`, "0:00:00"),
      agent: null,
      invited: true,
      csat: orNull(cell("csat_score"), (text) => Math.ceil(within(text, 1, 10) / 2)),
      nps: null,
      resolved: null,
      version: null,
    };
  },
};

/** `docs/examples/turnover-feed.yaml`; its records are named by their place in the file, which a mutant may move. */
export const NAIVE_TURNOVER: NaiveFeed = {
  delimiter: ",",
  columns: ["stag", "event", "industry"],
  read: (cell) => ({
    queue: named(cell("industry")),
    startMs: Date.UTC(2020, 0, 1),
    agent: null,
    coveredDays: 0,
    left: orNull(cell("event"), (text) => oneOf(text, { "1": true, "0": false })) ?? false,
    leftDaysAgo: 0,
    // A month of service is a twelfth of 365.25 days.
    serviceDays: orNull(cell("stag"), (text) => Math.floor(Number(parts(text, /^([0-9]+(?:\.[0-9]+)?)$/u)[0]) * 30.4375)),
    reason: null,
    version: null,
  }),
};
