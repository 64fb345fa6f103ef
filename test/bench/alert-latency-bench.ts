import type { Browser } from "playwright-core";
import { BENCH_FEED, BENCH_HEADER } from "./interval-file.ts";
import { hasPrometheus, prometheusRoad, type Way } from "./prometheus-road.ts";
import { mulberry32 } from "./random.ts";
import { median, percentile, say } from "./report.ts";
import { watchParts } from "./road-parts.ts";
import { accordRoad, bareRoad, bareSight, openBrowser, passage, type Road } from "./road.ts";

const STARTS = 4;
const SAMPLES = 20;
const QUARTERS = 96;
const OFFERED = 40;
/** One of each start warms up. */
const DESKS = Array.from({ length: SAMPLES + 1 }, (_, i) => `desk-${String(i).padStart(2, "0")}`);
/** `npm run bench -- alerts --parts`: where Accord's time goes. It costs time itself. */
const IN_PARTS = process.argv.includes("--parts");
const GOAL = { ofBare: 3, p99Ms: 250, ahead: 10 } as const;

/** One target for each desk, so that every sample raises an alert that has never been. */
const AGREEMENT = `
accord: agreement/1
id: alerts
name: Bench
version: 1
parties: { client: Bench client, provider: Bench provider }
timeZone: UTC
effectiveFrom: 2020-01-01
serviceHours: always
targets:
${DESKS.map(
  (desk) => `  - id: ${desk}
    name: Answered in time at ${desk}
    feed: intervals
    queues: [${desk}]
    measure: { metric: service-level, variant: negative, withinSeconds: 20 }
    direction: at-least
    expected: "80 %"
    minimumSample: 1`,
).join("\n")}
`;

/** A day of one desk; `extra` contacts make the sum one that no other sample has. */
function dayOf(desk: string, share: number, extra: number): string[] {
  const today = Temporal.Now.plainDateISO("UTC").toString();
  return Array.from({ length: QUARTERS }, (_, quarter) => {
    const offered = OFFERED + (quarter === 0 ? extra : 0);
    const time = `${String(Math.floor(quarter / 4)).padStart(2, "0")}:${String((quarter % 4) * 15).padStart(2, "0")}`;
    return `${desk},${today},${time},${offered},${offered},0,${Math.floor(offered * share)},${offered * 14},${offered * 190},${offered * 9}`;
  });
}

function fileOf(rows: readonly string[]): string {
  return `${[BENCH_HEADER, ...rows].join("\n")}\n`;
}

/** Times of the samples of one start, without the one that warms up. */
async function series(sample: (i: number) => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < DESKS.length; i++) times.push(await sample(i));
  return times.slice(1);
}

async function bareSeries(bare: Road, extra: number): Promise<number[]> {
  return await series(async (i) => {
    const body = fileOf(dayOf(DESKS[i] ?? "", 0, extra + i));
    const { sentMs, shownMs } = await passage(bare, body, bareSight(QUARTERS * OFFERED + extra + i));
    return shownMs - sentMs;
  });
}

/** A fresh system whose desks are all good; then one after the other turns bad. */
async function accordSeries(browser: Browser): Promise<number[]> {
  const road = await accordRoad(browser, { agreement: AGREEMENT, agreementId: "alerts", feed: BENCH_FEED, feedId: "intervals" });
  try {
    const good = fileOf(DESKS.flatMap((desk) => dayOf(desk, 1, 0)));
    await passage(road, good, { selector: "table.targets tr", texts: ["100.0\u00a0%"], match: "part" });
    const parts = IN_PARTS ? await watchParts(road.system) : null;
    const times = await series(async (i) => {
      const desk = DESKS[i] ?? "";
      const sight = { selector: "[aria-labelledby='rail-alerts'] li", texts: [desk], match: "part" } as const;
      const found = await passage(road, fileOf(dayOf(desk, 0, 0)), sight);
      parts?.note(found);
      return found.shownMs - found.sentMs;
    });
    parts?.print();
    parts?.stop();
    return times;
  } finally {
    await road.stop();
  }
}

/** Both ways at once, for they only wait; the pauses spread the samples over the phases. */
async function prometheusSeries(seed: number): Promise<Record<Way, number[]>> {
  const road = await prometheusRoad(DESKS);
  try {
    const random = mulberry32(seed);
    const run = async (way: Way): Promise<number[]> =>
      await series(async (i) => {
        await new Promise((resolve) => setTimeout(resolve, random() * 1000));
        return await road.worsen(way, DESKS[i] ?? "");
      });
    const [scrape, pushed] = await Promise.all([run("scrape"), run("remote-write")]);
    return { scrape, "remote-write": pushed };
  } finally {
    await road.stop();
  }
}

type Times = Record<"accord" | "bare" | "again" | Way, number[]>;

function line(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}

function ratios(times: readonly number[], of: readonly number[]): string {
  const [p50, p99] = [median(times) / median(of), percentile(times, 0.99) / percentile(of, 0.99)];
  return `${p50.toFixed(1)} at p50, ${p99.toFixed(1)} at p99`;
}

function sayAll({ accord, bare, again, ...peers }: Times): void {
  say(`  accord ${line(accord)} (goal p99 <= ${GOAL.p99Ms} ms)`);
  say(`  bare path ${line(bare)}; accord is ${ratios(accord, bare)} of it (goal <= ${GOAL.ofBare} at p50); A/A ${ratios(again, bare)}`);
  if (peers.scrape.length === 0) return;
  say(`  Prometheus, scraped each second, and Alertmanager: ${line(peers.scrape)}; ${ratios(peers.scrape, accord)} of accord`);
  const pushed = peers["remote-write"];
  say(`  Prometheus by remote write and Alertmanager: ${line(pushed)}; ${ratios(pushed, accord)} of accord (goal >= ${GOAL.ahead})`);
}

const ABSENT =
  "  skipped: Prometheus and Alertmanager are not on this machine; `apt-get install --no-install-recommends prometheus prometheus-alertmanager` (their services need not run)";

/** One start of everything, one after the other; the bare path before and after tells the noise. */
async function oneStart(browser: Browser, start: number, isThere: boolean): Promise<Times> {
  const bare = await bareRoad(browser);
  const extra = start * 1000;
  try {
    const before = await bareSeries(bare, extra + 1);
    const accord = await accordSeries(browser);
    const again = await bareSeries(bare, extra + 501);
    return { bare: before, accord, again, ...(isThere ? await prometheusSeries(start + 1) : { scrape: [], "remote-write": [] }) };
  } finally {
    await bare.stop();
  }
}

/**
 * From the bad value to the alert: in a real browser here, at a webhook behind Prometheus and Alertmanager (1 s scrape and
 * evaluation, no group wait), four starts each, beside the bare path in the same run.
 */
export async function alertLatencyBench(): Promise<void> {
  const browser = await openBrowser();
  say(`alerts: ${STARTS} starts of ${SAMPLES} samples each, from the bad value to the alert`);
  const isThere = hasPrometheus();
  if (!isThere) say(ABSENT);
  const all: Times = { accord: [], bare: [], again: [], scrape: [], "remote-write": [] };
  try {
    for (let start = 0; start < STARTS; start++) {
      const found = await oneStart(browser, start, isThere);
      for (const name of ["accord", "bare", "again", "scrape", "remote-write"] as const) all[name].push(...found[name]);
      const told = isThere ? `; scrape ${line(found.scrape)}; remote write ${line(found["remote-write"])}` : "";
      say(`  start ${start + 1}: bare ${line(found.bare)}; accord ${line(found.accord)}${told}`);
    }
  } finally {
    await browser.close();
  }
  sayAll(all);
}
