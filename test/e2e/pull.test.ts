import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInBrowser, type Login } from "../support/browser-stage.ts";
import { accessibilityViolations } from "../support/client-screens.ts";
import { type HttpPeer, startHttpPeer } from "../support/pull-peers.ts";
import { addStoryAgreement, storyFile } from "../support/story-agreement.ts";

const FILE = storyFile([{ time: "08:00", offered: 100, abandoned: 4, in20: 70 }]);

describeInBrowser(
  "a provider whose files are fetched",
  (stage) => {
    let nora: Login;
    let peer: HttpPeer;

    beforeAll(async () => {
      peer = await startHttpPeer();
      peer.answer = (request, response) => {
        const known = request.headers["if-none-match"] === '"v1"';
        response.writeHead(known ? 304 : 200, { ETag: '"v1"', "Content-Type": "text/csv" }).end(known ? "" : FILE);
      };
      await addStoryAgreement(stage.system);
      nora = await stage.system.addPerson("Nora", "claims", "provider");
    });
    afterAll(() => peer.close());

    test("says where they lie, sees the first one become a receipt, fetches again, and ends it", async () => {
      const page = await stage.open({ path: "/feeds", as: nora });
      await page.getByRole("link", { name: /^Fetching/u }).click();
      await page.getByRole("heading", { name: "is not fetched: its files are handed in" }).waitFor();
      await page.getByLabel("The files lie").selectOption("http");
      await page.getByLabel("Address of the file").fill(`${peer.url}/today.csv`);
      await page.getByLabel("Token").fill("CANARY-TOKEN");
      await page.getByLabel("When").selectOption("every");
      await page.getByRole("button", { name: "Save and fetch once now" }).click();
      await page.getByRole("heading", { name: "is fetched as planned" }).waitFor();
      const attempts = page.getByRole("table", { name: "Latest attempts" });
      await attempts.getByRole("link", { name: "Receipt 1" }).waitFor();
      expect(peer.asked[0]?.headers.authorization).toBe("Bearer CANARY-TOKEN");
      expect(await page.content()).not.toContain("CANARY-TOKEN");
      const before = peer.asked.length;
      await page.getByRole("button", { name: "Fetch now" }).click();
      await attempts.getByText("Nothing new is there.").first().waitFor();
      expect(peer.asked.length).toBeGreaterThanOrEqual(before);
      expect(await accessibilityViolations(page)).toEqual([]);
      await attempts.getByRole("link", { name: "Receipt 1" }).click();
      await page.getByText("Every row counts. Nothing to mend.").waitFor();
      await page.goBack();
      await page.getByRole("button", { name: "Fetch no longer" }).click();
      await page.getByRole("button", { name: "End it and forget the secret" }).click();
      await page.getByRole("heading", { name: "is not fetched: its files are handed in" }).waitFor();
    });
  },
  { env: { ACCORD_PULL_ALLOW: "127.0.0.1" } },
);
