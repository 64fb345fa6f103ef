import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import { CHROMIUM_ARGS, findChromium } from "./chromium.ts";
import { collectComplaints } from "./complaints.ts";
import { startSystem, type System, type SystemOptions } from "./system.ts";

const WITHIN_MS = 20_000;
const NO_CHROMIUM = "there is no Chromium here: install chromium, or set CHROMIUM to the path of a browser";

export interface Login {
  readonly email: string;
  readonly password: string;
}

interface Opening {
  readonly path?: string;
  /** Whose session the browser has when it opens the path. */
  readonly as?: Login;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly timezoneId?: string;
  /** Runs in every page before its own scripts, where the page's policy does not reach. */
  readonly script?: string;
}

/** One running system and real browsers on it. */
export interface BrowserStage {
  readonly system: System;
  /** A page in a browser of its own, with its own cookies. */
  open(opening?: Opening): Promise<Page>;
  /** Names what browsers may complain about in the running test, because the test brings it about. */
  tolerate(complaint: RegExp): void;
}

/** Signs in with the form, which leads on to where the page was opened. */
export async function signIn(page: Page, { email, password }: Login): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** As the form does; filling it in is a story of its own. */
async function beginSession(context: BrowserContext, url: string, data: Login): Promise<void> {
  const reply = await context.request.post(`${url}/api/v1/session`, { data, headers: { "X-Accord": "1", Origin: url } });
  if (!reply.ok()) throw new Error(`${data.email} cannot sign in: ${await reply.text()}`);
}

/**
 * Stories in a real Chromium on a system of their own. Skipped loudly where there is no Chromium, failed under CI.
 * After each test every browser is closed, and none may have complained: no error, no violation of the page's policy.
 */
export function describeInBrowser(title: string, tell: (stage: BrowserStage) => void, options: SystemOptions = {}): void {
  const executablePath = findChromium();
  const isSkipped = executablePath === null && !process.env["CI"];
  if (isSkipped) process.stdout.write(`\n*** SKIPPED: ${title}; ${NO_CHROMIUM}. ***\n`);
  describe.skipIf(isSkipped)(title, () => {
    let system: System | undefined;
    let browser: Browser | undefined;
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    const tolerated: RegExp[] = [];
    beforeAll(async () => {
      if (executablePath === null) throw new Error(NO_CHROMIUM);
      const launched = chromium.launch({ executablePath, args: CHROMIUM_ARGS });
      // Each is kept as soon as it runs, so that `afterAll` ends it although the other one failed.
      await Promise.all([startSystem(options).then((started) => (system = started)), launched.then((started) => (browser = started))]);
    });
    afterAll(async () => {
      await browser?.close();
      await system?.stop();
    });
    afterEach(async () => {
      await Promise.all(contexts.splice(0).map((context) => context.close()));
      const unexpected = complaints.splice(0).filter((complaint) => !tolerated.some((pattern) => pattern.test(complaint)));
      tolerated.length = 0;
      expect(unexpected, "what the browsers complained about").toEqual([]);
    });
    tell({
      get system() {
        if (system === undefined) throw new Error("the system runs only while tests run");
        return system;
      },
      async open({ path = "/", as, script, ...rest } = {}) {
        if (system === undefined || browser === undefined) throw new Error("the browser runs only while tests run");
        const looks = {
          viewport: { width: 1366, height: 768 },
          locale: "en-GB",
          timezoneId: "Europe/Berlin",
          reducedMotion: "reduce",
        } as const;
        const context = await browser.newContext({ ...looks, ...rest });
        contexts.push(context);
        context.setDefaultTimeout(WITHIN_MS);
        await collectComplaints(context, complaints);
        if (script !== undefined) await context.addInitScript({ content: script });
        const page = await context.newPage();
        if (as !== undefined) await beginSession(context, system.url, as);
        await page.goto(system.url + path);
        if (as !== undefined) await page.getByRole("navigation", { name: "Main" }).waitFor();
        return page;
      },
      tolerate: (complaint) => void tolerated.push(complaint),
    });
  });
}
