import { BENCH_HEADER } from "../bench/interval-file.ts";

export const STORM_QUEUES = 24;

/** Agreement `storm`: a target and so an alert for each queue of the feed `intervals`, 80 % within 20 s each day. */
export const STORM_AGREEMENT = `
accord: agreement/1
id: storm
name: Storm
version: 1
parties: { client: Client, provider: Provider }
timeZone: UTC
effectiveFrom: 2020-01-01
serviceHours: always
targets:
${Array.from(
  { length: STORM_QUEUES },
  (_, i) => `  - id: answered-${i}
    name: Answered ${i}
    feed: intervals
    queues: [queue-${i}]
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    direction: at-least
    expected: "80 %"
    windows: [day]
    minimumSample: 1`,
).join("\n")}
`;

/** A file: one quarter of today for each given queue, in which 100 were answered and so many of them in time. */
export function quarters(queues: ReadonlyMap<number, number>): string {
  const day = Temporal.Now.plainDateISO("UTC").toString();
  const rows = [...queues].map(([queue, inTime]) => `queue-${queue},${day},00:00,100,100,0,${inTime},1400,19000,900`);
  return `${[BENCH_HEADER, ...rows].join("\n")}\n`;
}
