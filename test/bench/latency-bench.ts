import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureClientBuilt } from "../../server/boot/build-client.ts";
import { formatCount } from "../../shared/metrics/format.ts";
import { CHROMIUM_ARGS, findChromium } from "../support/chromium.ts";
import { startRedis } from "../support/redis.ts";
import { freePort, startProcess, startSystem } from "../support/system.ts";
import { BENCH_FEED, benchAgreement, intervalFile } from "./interval-file.ts";
import { median, percentile, say } from "./report.ts";

const ROUNDS = 5;
const UPLOADS_PER_ROUND = 40;
const WITHIN_MS = 10_000;

/** One way from a file to a figure in a browser. */
interface Road {
  readonly page: Page;
  send(body: string): Promise<void>;
  /** Whether the page shows the figure for these offered contacts; runs in the page. */
  readonly selector: string;
  stop(): Promise<void>;
}

/** 96 rows of one day; every upload restates all of them, so that each changes the month's figure. */
function dayFile(seed: number): { body: string; offered: string } {
  const body = intervalFile({ rows: 96, seed, queues: 1, from: Temporal.Now.plainDateISO("UTC").toString() });
  const rows = body.trim().split("\n").slice(1);
  const offered = rows.reduce((sum, row) => sum + Number(row.split(",")[3]), 0);
  return { body, offered: String(offered) };
}

async function accordRoad(browser: Browser): Promise<Road> {
  // A fresh clone has no screens yet.
  await ensureClientBuilt(path.resolve(import.meta.dirname, "..", ".."), say);
  const system = await startSystem({ workers: 1 });
  await system.addAgreement(benchAgreement("latency"), [BENCH_FEED]);
  const key = await system.addKey("latency", ["intervals"]);
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const [name = "", value = ""] = system.admin.cookie.split("=");
  await context.addCookies([{ name, value: decodeURIComponent(value), url: system.url, httpOnly: true, sameSite: "Lax" }]);
  const page = await context.newPage();
  await page.goto(`${system.url}/board`);
  await page.waitForSelector("table.targets");
  return {
    page,
    selector: "table.targets td.n",
    async send(body) {
      const reply = await system.upload(key, "latency.intervals", body);
      if (reply.status !== 202) throw new Error(`upload answered ${reply.status}: ${reply.text}`);
    },
    async stop() {
      await context.close();
      await system.stop();
    },
  };
}

async function bareRoad(browser: Browser): Promise<Road> {
  const [redisServer, port] = await Promise.all([startRedis(), freePort()]);
  const env = { ACCORD_REDIS_SOCKET: redisServer.target.path, PORT: String(port) };
  const [server, worker] = [await startProcess("test/bench/bare-server.ts", env), await startProcess("test/bench/bare-worker.ts", env)];
  const url = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(url);
  return {
    page,
    selector: "#figure",
    async send(body) {
      const reply = await fetch(`${url}/upload`, { method: "POST", body, headers: { "Content-Type": "text/csv" } });
      if (reply.status !== 202) throw new Error(`bare upload answered ${reply.status}`);
    },
    async stop() {
      await context.close();
      await Promise.all([server.kill("SIGTERM"), worker.kill("SIGTERM")]);
      await redisServer.stop();
    },
  };
}

/** Milliseconds from the start of the request to the changed figure in the page's DOM, on one clock. */
async function once(road: Road, seed: number): Promise<number> {
  const { body, offered } = dayFile(seed);
  const accepted = [offered, formatCount(Number(offered))];
  const seen = road.page.evaluate(
    async ({ selector, texts, withinMs }) => {
      const shows = (): boolean => [...document.querySelectorAll(selector)].some((element) => texts.includes(element.textContent ?? ""));
      return await new Promise<number>((resolve, reject) => {
        const observer = new MutationObserver(() => {
          if (!shows()) return;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => reject(new Error(`the page never showed ${texts.join(" or ")}`)), withinMs);
      });
    },
    { selector: road.selector, texts: accepted, withinMs: WITHIN_MS },
  );
  // The observer must be in place before the upload starts.
  await road.page.evaluate(() => undefined);
  const startedAt = performance.timeOrigin + performance.now();
  await road.send(body);
  return (await seen) - startedAt;
}

async function series(road: Road, seed: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < UPLOADS_PER_ROUND; i++) times.push(await once(road, seed + i));
  return times;
}

function line(times: readonly number[]): string {
  return `p50 ${median(times).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
}

/** Upload to changed verdict in a browser, 200 uploads of 96 rows, beside the bare path in the same run. */
export async function latencyBench(): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("no Chromium on this machine: install it, or set CHROMIUM to its path");
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
  const accord = await accordRoad(browser);
  const bare = await bareRoad(browser);
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
