import type { Locator, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type BrowserStage, describeInBrowser, type Login } from "../support/browser-stage.ts";
import { faultsInEveryLook } from "../support/client-screens.ts";
import { settle } from "../support/page-facts.ts";
import { addStoryAgreement, storyFile, STORY_HEADER, TODAY, YESTERDAY } from "../support/story-agreement.ts";

interface Screen {
  readonly name: string;
  readonly path: string;
  readonly who: string | null;
  /** Stands on the screen once its data is there. */
  readonly ready: (page: Page) => Locator;
}

const chart = (page: Page): Locator => page.locator("figure[role=img] svg").first();

const BOARD: Screen = { name: "board", path: "/board", who: "mara", ready: chart };

const SCREENS: readonly Screen[] = [
  BOARD,
  { name: "sign-in", path: "/sign-in", who: null, ready: (page) => page.getByLabel("Password") },
  { name: "target", path: "/agreements/claims/targets/service-level", who: "mara", ready: chart },
  {
    name: "agreement",
    path: "/agreements/claims/agreement",
    who: "mara",
    ready: (page) => page.getByRole("button", { name: /At least 80 %/u }),
  },
  { name: "versions", path: "/agreements/claims/versions", who: "nora", ready: (page) => page.getByRole("table", { name: "Versions" }) },
  { name: "proposal", path: "/agreements/claims/propose", who: "nora", ready: (page) => page.getByLabel("The text") },
  { name: "alerts", path: "/alerts", who: "mara", ready: chart },
  { name: "alert", path: `/alerts/claims/service-level.day.${TODAY}.1`, who: "mara", ready: chart },
  { name: "feeds", path: "/feeds", who: "nora", ready: (page) => page.getByRole("region", { name: "Rows with problems" }) },
  { name: "people", path: "/people", who: "admin", ready: (page) => page.getByText("nora@example.com") },
];

const Focused = z.object({ name: z.string(), isOutlined: z.boolean() }).nullable();

/** Walks the page by the Tab key and names every stop whose focus cannot be seen. */
async function unseenStops(page: Page, most: number): Promise<{ unseen: string[]; stops: number }> {
  const unseen: string[] = [];
  for (let stops = 0; stops < most; stops += 1) {
    await page.keyboard.press("Tab");
    const focused = Focused.parse(
      await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return { name: element.outerHTML.slice(0, 80), isOutlined: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2 };
      }),
    );
    if (focused === null) return { unseen, stops };
    if (!focused.isOutlined) unseen.push(focused.name);
  }
  return { unseen, stops: most };
}

describeInBrowser("every screen", (stage) => {
  const logins = new Map<string, Login>();

  async function open(screen: Screen): Promise<Page> {
    const as = screen.who === null ? undefined : logins.get(screen.who);
    const page = await stage.open({ path: screen.path, ...(as === undefined ? {} : { as }) });
    await screen.ready(page).waitFor();
    return page;
  }

  beforeAll(() => furnish(stage, logins));

  test.each(SCREENS)("$name has no violation that axe finds in any look, shows every focus and fits a phone", async (screen) => {
    const page = await open(screen);
    const { unseen, stops } = await unseenStops(page, 25);
    expect(unseen).toEqual([]);
    expect(stops).toBeGreaterThan(2);
    expect(await faultsInEveryLook(page)).toEqual([]);
  });

  test("stays readable while its figures are not live", async () => {
    stage.tolerate(/ERR_INTERNET_DISCONNECTED/u);
    const page = await open(BOARD);
    await page.context().setOffline(true);
    await page.getByText("You are offline.").waitFor();
    expect(await faultsInEveryLook(page)).toEqual([]);
  });
});

/** A target at risk, one on target, an alert, a receipt with refused rows, people. */
async function furnish({ system }: BrowserStage, logins: Map<string, Login>): Promise<void> {
  await addStoryAgreement(system);
  logins.set("admin", system.administrator);
  logins.set("mara", await system.addPerson("mara", "claims", "client-manager"));
  logins.set("nora", await system.addPerson("nora", "claims", "provider"));
  const key = await system.addKey("claims", ["calls"]);
  const quarters = [8, 9, 10, 11].map((hour) => ({
    time: `${String(hour).padStart(2, "0")}:00`,
    offered: 300,
    abandoned: 9,
    in20: 150 + hour * 6,
  }));
  await settle(
    system,
    key,
    "claims.calls",
    storyFile([...quarters, { day: YESTERDAY, time: "09:00", offered: 900, abandoned: 80, in20: 640 }]),
  );
  await settle(system, key, "claims.calls", `${STORY_HEADER}\n${TODAY},11:20,50,48,2,40\n${TODAY},11:30,fifty,48,2,40\n`);
}
