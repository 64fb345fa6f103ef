import { mulberry32, poisson, seconds } from "./random.ts";

const QUARTERS = 96;
const YEAR_DAYS = 365;

export const YEAR_COUNTERS = [
  "offered",
  "answered",
  "abandoned",
  "answered-within-20000",
  "abandoned-within-5000",
  "transferred",
  "answer-wait-ms",
  "abandon-wait-ms",
  "talk-ms",
  "hold-ms",
  "acw-ms",
  "handle-ms",
] as const;

export const YEAR_FEED = `
accord: feed/1
id: quarters
name: Quarters of twelve counters
kind: interval
timeZone: UTC
intervalMinutes: 15
format: { type: delimited, delimiter: comma }
start:
  date: { column: date, format: yyyy-mm-dd }
  time: { column: time, format: "h:mm" }
queue: { column: queue }
counters:
${YEAR_COUNTERS.map((id) => `  ${id}: { column: ${id}${id.endsWith("-ms") ? ", unit: s" : ""} }`).join("\n")}
`;

/** Contacts of a quarter hour: quiet nights, most at one o'clock, fewer at weekends. */
function meanOf(quarter: number, day: number, busiest: number): number {
  const hour = quarter / 4;
  const ofDay = hour < 6 || hour > 22 ? 0.04 : 0.25 + 0.75 * Math.exp(-((hour - 13) ** 2) / 12);
  return busiest * ofDay * (day % 7 < 5 ? 1 : 0.6);
}

/** What the contacts of a quarter hour come to, one by one, in the order of the counters. */
function countersOf(random: () => number, contacts: number): number[] {
  let [abandoned, within, short, transferred, waited, gaveUp, talk, hold, acw] = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < contacts; i++) {
    const wait = random() < 0.5 ? Math.round(random() * 4) : seconds(random, 30);
    if (random() < 0.05) {
      abandoned++;
      gaveUp += wait;
      if (wait <= 5) short++;
      continue;
    }
    waited += wait;
    if (wait <= 20) within++;
    if (random() < 0.07) transferred++;
    talk += seconds(random, 200);
    if (random() < 0.3) hold += seconds(random, 40);
    acw += seconds(random, 45);
  }
  return [contacts, contacts - abandoned, abandoned, within, short, transferred, waited, gaveUp, talk, hold, acw, talk + hold + acw];
}

export interface YearFileOptions {
  readonly queues: number;
  /** Contacts of the busiest quarter hours. */
  readonly busiest: number;
  readonly seed: number;
}

/** All quarter hours of 2025, day by day and queue by queue; contacts come by chance and are counted one by one. */
export function yearFile({ queues, busiest, seed }: YearFileOptions): string {
  const random = mulberry32(seed);
  const lines = [["queue", "date", "time", ...YEAR_COUNTERS].join(",")];
  const first = Temporal.PlainDate.from("2025-01-01");
  for (let i = 0; i < YEAR_DAYS * queues * QUARTERS; i++) {
    const [quarter, queue, day] = [i % QUARTERS, Math.floor(i / QUARTERS) % queues, Math.floor(i / QUARTERS / queues)];
    const time = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
    const counters = countersOf(random, poisson(random, meanOf(quarter, day, busiest)));
    lines.push([`queue-${queue}`, first.add({ days: day }).toString(), time, ...counters].join(","));
  }
  return `${lines.join("\n")}\n`;
}
