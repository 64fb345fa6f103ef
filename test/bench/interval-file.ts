import { mulberry32 } from "./random.ts";

/** A seeded interval CSV, as a provider would export it: 10 columns, one row per queue and quarter hour. */
export const BENCH_HEADER = "queue,date,time,offered,answered,abandoned,in20,wait_s,handle_s,hold_s";

const QUARTERS = 96;

function two(value: number): string {
  return String(value).padStart(2, "0");
}

export interface IntervalFileOptions {
  readonly rows: number;
  readonly seed: number;
  readonly queues: number;
  /** First local day, e.g. `2026-01-01`. */
  readonly from: string;
}

/** Rows in the order in which exports come: by day, then queue, then time. */
export function intervalFile({ rows, seed, queues, from }: IntervalFileOptions): string {
  const random = mulberry32(seed);
  const lines = [BENCH_HEADER];
  const first = Temporal.PlainDate.from(from);
  for (let i = 0; i < rows; i++) {
    const quarter = i % QUARTERS;
    const queue = Math.floor(i / QUARTERS) % queues;
    const day = first.add({ days: Math.floor(i / (QUARTERS * queues)) }).toString();
    const offered = Math.floor(random() * 60);
    const answered = Math.floor(offered * (0.85 + random() * 0.15));
    const in20 = Math.floor(answered * (0.7 + random() * 0.3));
    const time = `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
    lines.push(
      `queue-${queue},${day},${time},${offered},${answered},${offered - answered},${in20},${answered * 14},${answered * 190},${answered * 9}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

export const BENCH_FEED = `
accord: feed/1
id: intervals
name: Bench intervals
kind: interval
timeZone: UTC
intervalMinutes: 15
format: { type: delimited, delimiter: comma }
start:
  date: { column: date, format: yyyy-mm-dd }
  time: { column: time, format: "h:mm" }
queue: { column: queue }
counters:
  offered: { column: offered }
  answered: { column: answered }
  abandoned: { column: abandoned }
  answered-within-20000: { column: in20 }
  answer-wait-ms: { column: wait_s, unit: s }
  handle-ms: { column: handle_s, unit: s }
  hold-ms: { column: hold_s, unit: s }
`;

export function benchAgreement(id: string): string {
  return `
accord: agreement/1
id: ${id}
name: Bench
version: 1
parties: { client: Bench client, provider: Bench provider }
timeZone: UTC
effectiveFrom: 2020-01-01
serviceHours: always
targets:
  - id: service-level
    name: Service level
    feed: intervals
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    direction: at-least
    expected: "80 %"
    minimumSample: 1
  - id: abandonment
    name: Abandonment
    feed: intervals
    measure: { metric: abandonment, denominator: offered }
    direction: at-most
    expected: "8 %"
  - id: handle-time
    name: Handle time
    feed: intervals
    measure: { metric: aht }
    direction: at-most
    expected: "6:00"
`;
}
