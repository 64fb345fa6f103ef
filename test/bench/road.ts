import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { ensureClientBuilt } from "../../server/boot/build-client.ts";
import { CHROMIUM_ARGS, findChromium } from "../support/chromium.ts";
import { startRedis } from "../support/redis.ts";
import { freePort, startProcess, startSystem, type System } from "../support/system.ts";
import { say } from "./report.ts";

const WITHIN_MS = 10_000;
const VIEWPORT = { width: 1366, height: 768 } as const;

/** One way from a file to what a browser shows of it. */
export interface Road {
  readonly page: Page;
  send(body: string): Promise<void>;
  stop(): Promise<void>;
}

/** What the page shows in the end: an element whose text is one of these, or contains one. */
export interface Sight {
  readonly selector: string;
  readonly texts: readonly string[];
  readonly match: "whole" | "part";
}

/** The figure on the page of the bare path. */
export function bareSight(offered: number): Sight {
  return { selector: "#figure", texts: [String(offered)], match: "whole" };
}

export interface BoardRoad {
  readonly agreement: string;
  readonly agreementId: string;
  readonly feed: string;
  readonly feedId: string;
}

/** A Chromium, with the screens built that it will show: a fresh clone has none. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error("no Chromium on this machine: install it, or set CHROMIUM to its path");
  await ensureClientBuilt(path.resolve(import.meta.dirname, "..", ".."), say);
  return await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
}

/** The whole system with one worker and one agreement, and its administrator before the board. */
export async function accordRoad(
  browser: Browser,
  { agreement, agreementId, feed, feedId }: BoardRoad,
): Promise<Road & { readonly system: System }> {
  const system = await startSystem({ workers: 1 });
  await system.addAgreement(agreement, [feed]);
  const key = await system.addKey(agreementId, [feedId]);
  const context = await browser.newContext({ viewport: VIEWPORT });
  const [name = "", value = ""] = system.admin.cookie.split("=");
  await context.addCookies([{ name, value: decodeURIComponent(value), url: system.url, httpOnly: true, sameSite: "Lax" }]);
  const page = await context.newPage();
  await page.goto(`${system.url}/board`);
  await page.waitForSelector("table.targets");
  return {
    system,
    page,
    async send(body) {
      const reply = await system.upload(key, `${agreementId}.${feedId}`, body);
      if (reply.status !== 202) throw new Error(`upload answered ${reply.status}: ${reply.text}`);
    },
    async stop() {
      await context.close();
      await system.stop();
    },
  };
}

/** POST -> queue -> Lua -> publish -> socket, with nothing that makes it safe. */
export async function bareRoad(browser: Browser): Promise<Road> {
  const [redisServer, port] = await Promise.all([startRedis(), freePort()]);
  const env = { ACCORD_REDIS_SOCKET: redisServer.target.path, PORT: String(port) };
  const [server, worker] = [await startProcess("test/bench/bare-server.ts", env), await startProcess("test/bench/bare-worker.ts", env)];
  const url = `http://localhost:${port}`;
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.goto(url);
  return {
    page,
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

/** Instants of one passage on one clock, in ms since 1970. */
export interface Passage {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly shownMs: number;
}

/** Sends one body and waits until the page's DOM shows what comes of it. */
export async function passage(road: Road, body: string, sight: Sight): Promise<Passage> {
  const seen = road.page.evaluate(
    async ({ selector, texts, match, withinMs }) => {
      const isSight = (text: string): boolean => texts.some((wanted) => (match === "whole" ? text === wanted : text.includes(wanted)));
      const shows = (): boolean => [...document.querySelectorAll(selector)].some((element) => isSight(element.textContent ?? ""));
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
    { ...sight, texts: [...sight.texts], withinMs: WITHIN_MS },
  );
  // The observer must be in place before the upload starts.
  await road.page.evaluate(() => undefined);
  const sentMs = performance.timeOrigin + performance.now();
  await road.send(body);
  const answeredMs = performance.timeOrigin + performance.now();
  return { sentMs, answeredMs, shownMs: await seen };
}
