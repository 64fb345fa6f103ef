import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { PULSE } from "../../shared/store/keys.ts";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { drawn } from "../support/client-screens.ts";
import { HttpClient } from "../support/http-client.ts";
import { countLoads, figuresOf, rowOf, settle, textOf } from "../support/page-facts.ts";
import { addStoryAgreement, storyFile } from "../support/story-agreement.ts";
import { freePort, startProcess } from "../support/system.ts";

const SEEN_WITHIN_MS = 8000;
const LINE_GONE = /ERR_CONNECTION_REFUSED|WebSocket connection|status of 503/u;

/** A file of one quarter hour whose service level is the given percentage. */
function fileWith(percent: number): string {
  return storyFile([{ time: "08:00", offered: 1000, abandoned: 10, in20: percent * 10 }]);
}

function lineBanner(page: Page): Locator {
  return page.getByRole("region", { name: "Connection" });
}

/** How far a banner's "as of" lies before or behind an instant, on the clock of the reader. */
function secondsBefore(ms: number, banner: string): number {
  const clock = /as of (\d\d:\d\d:\d\d) your time/u.exec(banner)?.[1];
  if (clock === undefined) throw new Error(`no time is told: ${banner}`);
  const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO("Europe/Berlin").toPlainTime();
  const apart = Math.abs(there.since(Temporal.PlainTime.from(clock)).total("seconds"));
  return Math.min(apart, 86_400 - apart);
}

async function isDimmed(page: Page): Promise<boolean> {
  return (await page.getByRole("main").getAttribute("class")) === "dimmed";
}

describeInBrowser("a board whose line is cut", (stage) => {
  let key: HttpClient;
  let mara: Login;

  /** Opens the board once its figures are live and all of it is loaded, and knows how often it loads from then on. */
  async function liveBoard(): Promise<{ page: Page; row: Locator; loads: () => number }> {
    const page = await stage.open({ path: "/board", as: mara });
    const row = rowOf(page, "Service level");
    await row.getByText("On target").first().waitFor();
    await drawn(page);
    return { page, row, loads: countLoads(page) };
  }

  beforeAll(async () => {
    const { system } = stage;
    await addStoryAgreement(system);
    key = await system.addKey("claims", ["calls"]);
    mara = await system.addPerson("Mara", "claims", "client-manager");
    await settle(system, key, "claims.calls", fileWith(90));
  });

  test(`says so within ${SEEN_WITHIN_MS} ms of a killed server, as of when its figures are, and goes on without a reload or a gap`, async () => {
    stage.tolerate(LINE_GONE);
    const { system } = stage;
    const { page, row, loads } = await liveBoard();
    const killedAtMs = Date.now();
    await system.server.kill("SIGKILL");
    await lineBanner(page).getByText("Connection lost.").waitFor();
    expect(Date.now() - killedAtMs).toBeLessThan(SEEN_WITHIN_MS);
    expect(secondsBefore(killedAtMs, await textOf(lineBanner(page)))).toBeLessThan(4);
    expect(await isDimmed(page)).toBe(true);
    // Another server of the same system takes in a file while this browser hears nothing.
    const port = await freePort();
    const env = { ACCORD_REDIS_SOCKET: system.redisServer.target.path, ACCORD_STATE_DIR: system.stateDir, PORT: String(port) };
    const other = await startProcess("server/main.ts", env);
    await settle(system, new HttpClient(`http://localhost:${port}`, { key: key.key ?? "" }), "claims.calls", fileWith(70));
    await other.kill("SIGTERM");
    expect((await figuresOf(row)).value).toBe("90.0 %");
    await system.restartServer();
    await row.getByText("At risk", { exact: true }).waitFor();
    await lineBanner(page).waitFor({ state: "detached" });
    expect(await figuresOf(row)).toMatchObject({ value: "70.0 %", n: "1,000" });
    expect(await isDimmed(page)).toBe(false);
    await page.getByRole("region", { name: "Alerts" }).getByText("Service level at risk: 70.0 %").first().waitFor();
    await settle(system, key, "claims.calls", fileWith(91));
    await expect.poll(async () => (await figuresOf(row)).value, { timeout: 5000 }).toBe("91.0 %");
    expect(loads()).toBe(0);
  });

  test("says that Accord cannot reach its data while Redis is away, and is live again by itself", async () => {
    stage.tolerate(LINE_GONE);
    const { page, row, loads } = await liveBoard();
    await stage.system.redisServer.kill();
    await lineBanner(page).getByText("Accord cannot reach its data.").waitFor();
    expect(await isDimmed(page)).toBe(true);
    expect(await textOf(lineBanner(page))).toMatch(/as of \d\d:\d\d:\d\d your time/u);
    await stage.system.redisServer.restart();
    await lineBanner(page).waitFor({ state: "detached" });
    expect(await isDimmed(page)).toBe(false);
    await settle(stage.system, key, "claims.calls", fileWith(85));
    await expect.poll(async () => (await figuresOf(row)).value, { timeout: 10_000 }).toBe("85.0 %");
    expect(loads()).toBe(0);
  });

  test("says that nothing is judged while no worker is there, as of when one was, and is live again when one is", async () => {
    const { system } = stage;
    const { page } = await liveBoard();
    await Promise.all(system.workers.map(async (worker) => await worker.kill("SIGKILL")));
    const lastMs = Date.now() - 61_000;
    const redis = system.redisServer.connect();
    await redis.hset(PULSE, "workers", lastMs);
    redis.disconnect();
    await lineBanner(page).getByText("Nothing is judged right now.").waitFor();
    expect(secondsBefore(lastMs, await textOf(lineBanner(page)))).toBeLessThan(1.5);
    expect(await isDimmed(page)).toBe(true);
    await system.startWorker();
    await lineBanner(page).waitFor({ state: "detached" });
    expect(await isDimmed(page)).toBe(false);
  });

  test("shows no fresh data while a feed is silent that is due every three seconds, and its figures once it returns", async () => {
    const { system } = stage;
    await addStoryAgreement(system, { id: "chat", name: "Chat line", expected: { every: "PT3S", grace: "PT2S" } });
    const chat = await system.addKey("chat", ["calls"]);
    const page = await stage.open({ path: "/board", as: await system.addPerson("Ravi", "chat", "client-manager") });
    const row = rowOf(page, "Service level");
    await settle(system, chat, "chat.calls", fileWith(90));
    await row.getByText("On target").first().waitFor();
    const banner = page.getByRole("region", { name: "Data freshness" });
    await row.getByText("No fresh data", { exact: true }).waitFor();
    expect(await textOf(banner)).toContain("Chat line: Calls is late.");
    expect((await figuresOf(row)).today).toContain("No fresh data");
    expect(await row.getByText("On target").count()).toBe(0);
    const alert = page.getByRole("region", { name: "Alerts" }).getByText('Feed "Calls" is silent: last data');
    await alert.waitFor();
    await settle(system, chat, "chat.calls", fileWith(88));
    await row.getByText("On target").first().waitFor();
    await banner.waitFor({ state: "detached" });
    await alert.waitFor({ state: "detached" });
    expect(await figuresOf(row)).toMatchObject({ status: "On target", value: "88.0 %" });
  });
});
