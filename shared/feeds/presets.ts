/** How much is known of a format: a file of a real system went in, or only what its maker documents. */
export const EVIDENCE = ["real-sample", "real-columns", "documented-example", "documentation"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** A system whose files can be read with a definition that is shipped. */
export interface Preset {
  /** Of its definition, `docs/examples/<id>-feed.yaml`. */
  readonly id: string;
  readonly title: string;
  /** What file it is, and where it comes from. */
  readonly what: string;
  readonly evidence: Evidence;
  /** Whether a file is probably one of these, by its first characters; unpacked and decoded. */
  readonly recognises: (head: string) => boolean;
}

/** How far into a file the names are looked for by which a system is known. */
const HEAD = 20_000;

function hasNames(...names: readonly string[]): Preset["recognises"] {
  return (head) => names.every((name) => head.slice(0, HEAD).includes(`"${name}"`));
}

function hasColumns(...names: readonly string[]): Preset["recognises"] {
  return (head) => {
    const cells = new Set((head.slice(0, HEAD).split(/\r?\n/u, 1)[0] ?? "").split(";").map((cell) => cell.trim().toLowerCase()));
    return names.every((name) => cells.has(name));
  };
}

function isQueueLog(head: string): boolean {
  return /^\d{9,10}\|[^|\n]+\|[^|\n]+\|[^|\n]+\|[A-Z]+(?:\||\r?\n|$)/u.test(head.slice(0, 1000));
}

/** The systems whose files are known, the more particular first. */
export const PRESETS: readonly Preset[] = [
  {
    id: "asterisk-queue-log",
    title: "Asterisk, queue_log",
    what: "The file queue_log of the queue application, one event a line; also of FreePBX, Issabel and Wazo",
    evidence: "real-sample",
    recognises: isQueueLog,
  },
  {
    id: "amazon-connect-contacts",
    title: "Amazon Connect, contact records",
    what: "Contact records as JSON, as the data stream or its delivery to a bucket writes them",
    evidence: "real-sample",
    recognises: hasNames("ContactId", "InitiationTimestamp", "LastUpdateTimestamp"),
  },
  {
    id: "amazon-connect-metrics",
    title: "Amazon Connect, metric data",
    what: "Answers of GetMetricDataV2, grouped by queue, with intervals of 15 minutes",
    evidence: "documentation",
    recognises: hasNames("MetricResults", "Collections"),
  },
  {
    id: "genesys-queue-notification",
    title: "Genesys Cloud, notifications of a queue",
    what: "Queue notifications as JSON, one queue in one feed",
    evidence: "real-sample",
    recognises: hasNames("interval_event", "metrics"),
  },
  {
    id: "genesys-aggregates",
    title: "Genesys Cloud, conversation aggregates",
    what: "Answers of the query for conversation aggregates, grouped by queue, with intervals of 30 minutes",
    evidence: "documentation",
    recognises: hasNames("interval", "metrics", "stats"),
  },
  {
    id: "twilio-taskrouter",
    title: "Twilio TaskRouter, statistics",
    what: "Cumulative statistics of task queues, asked for by the quarter-hour",
    evidence: "documented-example",
    recognises: hasNames("task_queue_sid", "reservations_accepted"),
  },
  {
    id: "avaya-interval",
    title: "Avaya CMS, split intervals",
    what: "A report of the table hsplit, semicolons between the cells, with intervals of 30 minutes",
    evidence: "real-columns",
    recognises: hasColumns("row_date", "starttime", "callsoffered", "acdcalls"),
  },
];
