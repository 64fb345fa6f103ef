import axe from "axe-core";
import type { Page, Request } from "playwright-core";

/** The screens of the dashboard, each as somebody who works on it. */
export const SCREENS = [
  { name: "board", path: "/board", role: "client-manager" },
  { name: "target", path: "/agreements/acme-voice/targets/service-level", role: "client-manager" },
  { name: "target-underivable", path: "/agreements/acme-chat/targets/service-level", role: "client-manager" },
  { name: "agreements", path: "/agreements", role: "client-manager" },
  { name: "agreement", path: "/agreements/acme-voice/agreement?clause=targets.service-level.expected", role: "client-manager" },
  { name: "agreement-qa", path: "/agreements/acme-voice/agreement", role: "qa-lead" },
  { name: "versions", path: "/agreements/acme-voice/versions", role: "client-manager" },
  { name: "version-to-sign", path: "/agreements/acme-voice/versions/4", role: "client-manager" },
  { name: "version-backwards", path: "/agreements/acme-chat/versions/4", role: "provider" },
  { name: "version-declined", path: "/agreements/acme-voice/versions/2", role: "qa-lead" },
  { name: "proposal-blocked", path: "/agreements/acme-voice/propose", role: "provider" },
  { name: "money", path: "/agreements/acme-voice/money", role: "client-manager" },
  { name: "money-provider", path: "/agreements/acme-voice/money", role: "provider" },
  { name: "money-none", path: "/agreements/acme-chat/money", role: "qa-lead" },
  { name: "claims", path: "/agreements/acme-voice/claims", role: "client-manager" },
  { name: "claim", path: "/agreements/acme-voice/claims/c3", role: "client-manager" },
  { name: "claim-own", path: "/agreements/acme-voice/claims/c3", role: "provider" },
  { name: "claim-decided", path: "/agreements/acme-voice/claims/c1", role: "qa-lead" },
  { name: "claim-new", path: "/agreements/acme-voice/claims/new", role: "provider" },
  { name: "drifts", path: "/agreements/acme-voice/drift", role: "client-manager" },
  { name: "drifts-none", path: "/agreements/acme-chat/drift", role: "provider" },
  { name: "drift", path: "/agreements/acme-voice/drift/aht", role: "qa-lead" },
  { name: "drift-mix", path: "/agreements/acme-voice/drift/abandonment", role: "provider" },
  { name: "drift-steady", path: "/agreements/acme-voice/drift/asa", role: "qa-lead" },
  { name: "drift-learning", path: "/agreements/acme-voice/drift/csat", role: "qa-lead" },
  { name: "calibration", path: "/agreements/acme-voice/drift/calibrations/k2", role: "qa-lead" },
  { name: "calibration-done", path: "/agreements/acme-voice/drift/calibrations/k1", role: "provider" },
  { name: "record", path: "/agreements/acme-voice/record", role: "client-manager" },
  { name: "alert-report", path: "/agreements/acme-voice/alert-report", role: "qa-lead" },
  { name: "notifications", path: "/agreements/acme-voice/notifications", role: "provider" },
  { name: "notifications-qa", path: "/agreements/acme-voice/notifications", role: "qa-lead" },
  { name: "restatements", path: "/agreements/acme-voice/restatements", role: "client-manager" },
  { name: "restatement", path: "/agreements/acme-voice/restatements/88213", role: "client-manager" },
  { name: "alerts", path: "/alerts", role: "qa-lead" },
  { name: "alert", path: "/alerts/acme-voice/voice.asa.day", role: "qa-lead" },
  { name: "question", path: "/alerts/acme-voice/question.fewer-invitations.csat.1", role: "qa-lead" },
  { name: "feeds", path: "/feeds", role: "provider" },
  { name: "feeds-client", path: "/feeds", role: "client-manager" },
  { name: "feed", path: "/feeds/acme-voice/feed/acd-intervals", role: "provider" },
  { name: "feed-client", path: "/feeds/acme-voice/feed/csat-survey", role: "client-manager" },
  { name: "pull-host-key", path: "/feeds/acme-voice/acd-intervals/pull", role: "provider" },
  { name: "pull-failing", path: "/feeds/acme-voice/csat-survey/pull", role: "provider" },
  { name: "pull-none", path: "/feeds/acme-chat/chat-intervals/pull", role: "provider" },
  { name: "people", path: "/people", role: "administrator" },
  { name: "sign-in", path: "/sign-in", role: "client-manager" },
  { name: "setup", path: "/setup#token", role: "administrator" },
] as const;

export const SIZES = [
  { name: "wide", width: 1366, height: 768 },
  { name: "phone", width: 360, height: 740 },
] as const;

const QUIET_MS = 100;
const unanswered = new WeakMap<Page, Set<Request>>();

/** Lets `drawn` know what the page still waits for; before the page goes anywhere. */
export function watchRequests(page: Page): void {
  const asked = new Set<Request>();
  unanswered.set(page, asked);
  page.on("request", (request) => void asked.add(request));
  page.on("requestfinished", (request) => void asked.delete(request));
  page.on("requestfailed", (request) => void asked.delete(request));
}

/** A viewer east of Greenwich, so that every time shows both clocks. */
export const VIEWER = { timezoneId: "Europe/Berlin", locale: "en-GB" } as const;

const FOUND = `.then((found) => found.violations.map((each) =>
  each.id + ": " + each.nodes.map((node) => node.target.join(" ") + " " + node.failureSummary.split("\\n").slice(1).join(" ")).join(" | ")))`;

async function runAxe(page: Page, options: string): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
  return await page.evaluate(`axe.run(document, ${options})${FOUND}`);
}

/** What axe finds wrong on the page as it is, one line per rule. */
export async function accessibilityViolations(page: Page): Promise<string[]> {
  return await runAxe(page, '{ resultTypes: ["violations"] }');
}

export async function scrollsSideways(page: Page): Promise<boolean> {
  return await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}

/**
 * What is wrong with a screen, wide and on a phone, light and dark: what axe finds, and scrolling sideways. Of all that
 * axe looks at only contrast depends on the colours, so the rest is asked once per size. Leaves the page light and on a phone.
 */
export async function faultsInEveryLook(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await runAxe(page, '{ resultTypes: ["violations"], runOnly: ["color-contrast"] }');
    await page.emulateMedia({ colorScheme: "light" });
    const light = await accessibilityViolations(page);
    faults.push(...dark.map((fault) => `${size.name} dark: ${fault}`), ...light.map((fault) => `${size.name} light: ${fault}`));
    if (await scrollsSideways(page)) faults.push(`${size.name}: scrolls sideways`);
  }
  return faults;
}

/** In the page: whether nothing came for a while, nothing is shown as loading and no chart is missing from its place. */
function isStill(quietMs: number): boolean {
  const lastMs = Math.max(0, ...performance.getEntriesByType("resource").map((each) => each.startTime + each.duration));
  const isLoading = document.querySelector(".loading, .chart-room:empty") !== null || document.fonts.status !== "loaded";
  return !isLoading && performance.now() - lastMs > quietMs;
}

/** Waits until the page shows its heading, its figures and its chart: nothing loads, and nothing says that it does. */
export async function drawn(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  do await page.waitForFunction(isStill, QUIET_MS, { polling: QUIET_MS / 2 });
  while (unanswered.get(page)?.size);
}
