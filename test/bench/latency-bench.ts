import { formatCount } from "../../shared/metrics/format.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, percentile, say } from "./report.ts";
import { accordRoad, bareRoad, openBrowser, passage, type Road } from "./road.ts";

const ROUNDS = 5;
const UPLOADS_PER_ROUND = 40;

/** 96 rows of one day; every upload restates all of them, so that each changes the month's figure. */
function dayFile(seed: number): { body: string; offered: string } {
  const body = intervalFile({ rows: 96, seed, queues: 1, from: Temporal.Now.plainDateISO("UTC").toString() });
  const rows = body.trim().split("\n").slice(1);
  const offered = rows.reduce((sum, row) => sum + Number(row.split(",")[3]), 0);
  return { body, offered: String(offered) };
}

/** A road and where its page shows the offered contacts. */
interface FigureRoad extends Road {
  readonly selector: string;
}

/** Milliseconds from the start of the request to the changed figure in the page's DOM, on one clock. */
async function once(road: FigureRoad, seed: number): Promise<number> {
  const { body, offered } = dayFile(seed);
  const texts = [offered, formatCount(Number(offered))];
  const { sentMs, shownMs } = await passage(road, body, { selector: road.selector, texts, match: "whole" });
  return shownMs - sentMs;
}

async function series(road: FigureRoad, seed: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < UPLOADS_PER_ROUND; i++) times.push(await once(road, seed + i));
  return times;
}

function line(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}

/** Upload to changed verdict in a browser, 200 uploads of 96 rows, beside the bare path in the same run. */
export async function latencyBench(): Promise<void> {
  const browser = await openBrowser();
  const written = { agreement: benchAgreement("latency"), agreementId: "latency", feed: BENCH_FEED, feedId: "intervals" };
  const accord = { ...(await accordRoad(browser, written)), selector: "table.targets td.n" };
  const bare = { ...(await bareRoad(browser)), selector: "#figure" };
  say(
    `latency: ${ROUNDS} alternated rounds of ${UPLOADS_PER_ROUND} uploads of 96 rows, from the start of the request to the changed figure in Chromium`,
  );
  await once(accord, 1);
  await once(bare, 1);
  const all: { accord: number[]; bare: number[]; again: number[] } = { accord: [], bare: [], again: [] };
  for (let round = 0; round < ROUNDS; round++) {
    const seed = 1000 * (round + 1);
    const [a, b, c] = [await series(bare, seed), await series(accord, seed), await series(bare, seed + 500)];
    all.bare.push(...a);
    all.accord.push(...b);
    all.again.push(...c);
    say(
      `  round ${round + 1}: bare ${line(a)}; accord ${line(b)}; ratio ${(median(b) / median(a)).toFixed(2)}; A/A ${(median(c) / median(a)).toFixed(2)}`,
    );
  }
  say(
    `  all: bare ${line(all.bare)}; accord ${line(all.accord)}; ratio of p50 ${(median(all.accord) / median(all.bare)).toFixed(2)} (goal <= 3.00); A/A ${(median(all.again) / median(all.bare)).toFixed(2)}`,
  );
  await accord.stop();
  await bare.stop();
  await browser.close();
}
