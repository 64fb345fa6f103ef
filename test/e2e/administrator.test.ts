import { access } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { describeInBrowser, signIn } from "../support/browser-stage.ts";
import { storyTexts } from "../support/story-agreement.ts";

const ADA = { email: "ada@example.com", password: "an engine of difference" };
const NORA = { email: "nora@example.com", password: "a provider's password" };

async function setUp(page: Page, person: typeof ADA): Promise<void> {
  await page.getByLabel("Company").fill("Analytical Insurance");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Create the administrator" }).click();
}

describeInBrowser(
  "the first administrator",
  (stage) => {
    let usedLink = "";

    test("sets Accord up with the one-time link, is signed in, and the link is gone from the disk", async () => {
      usedLink = await stage.system.setupLink();
      const page = await stage.open({ path: "/setup" });
      await page.getByText("This page needs the one-time link").waitFor();
      await page.goto(usedLink);
      await page.reload();
      await setUp(page, ADA);
      await page.waitForURL("**/board");
      await page.getByText("There is no agreement yet.").waitFor();
      await page.getByRole("banner").getByText("Analytical Insurance").waitFor();
      await expect(access(path.join(stage.system.stateDir, "setup-link"))).rejects.toThrow("ENOENT");
    });

    test("is the only one the link makes: used again it is refused, and nobody is signed in by it", async () => {
      stage.tolerate(/status of 4\d\d .*\/api\/v1\/setup/u);
      const page = await stage.open({ path: `/setup${new URL(usedLink).hash}` });
      await setUp(page, { ...ADA, email: "eve@example.com" });
      await page.getByRole("alert").waitFor();
      expect(new URL(page.url()).pathname).toBe("/setup");
      await page.goto(`${stage.system.url}/board`);
      await page.getByRole("heading", { name: "Sign in" }).waitFor();
    });

    test("puts an agreement in force by pasting its files, after every problem of a wrong one was named", async () => {
      stage.tolerate(/status of 4\d\d .*\/api\/v1\/agreements/u);
      const { agreement, feeds } = storyTexts();
      const page = await stage.open({ path: "/people", as: ADA });
      await page.getByLabel("Feeds").fill(feeds.join("\n---\n"));
      await page.getByLabel("Agreement", { exact: true }).fill(agreement.replace('"80 %"', '"eighty"').replaceAll('"calls"', '"calls-2"'));
      await page.getByLabel("Signed for the client by").fill("Ada");
      await page.getByLabel("Signed for the provider by").fill("Nora");
      await page.getByLabel("Date of the later signature").fill("2026-01-05");
      await page.getByRole("button", { name: "Add the agreement" }).click();
      const problems = page.getByRole("form", { name: "Add an agreement" }).getByRole("alert");
      await problems.getByText("eighty").waitFor();
      await problems.getByText("calls-2").first().waitFor();
      await page.getByLabel("Agreement", { exact: true }).fill(agreement);
      await page.getByRole("button", { name: "Add the agreement" }).click();
      await page.getByRole("region", { name: "Agreements" }).getByRole("listitem").filter({ hasText: "Claims line" }).waitFor();
    });

    test("finds a template for each kind of service to start an agreement from", async () => {
      const page = await stage.open({ path: "/people", as: ADA });
      const text = page.getByLabel("Agreement", { exact: true });
      for (const kind of ["Voice", "Chat", "E-mail", "Back office"]) {
        await page.getByLabel("Start from a template").selectOption({ label: kind });
        await page.getByRole("button", { name: "Put it into the form" }).click();
        await expect.poll(() => text.inputValue()).toContain(`name: ${kind}, template`);
      }
      expect(await page.getByLabel("Feeds").inputValue()).toContain("accord: feed/1");
    });

    test("adds a person with a part in the agreement, who signs in and finds it", async () => {
      const page = await stage.open({ path: "/people", as: ADA });
      await page.getByLabel("Name").fill("Nora");
      await page.getByLabel("E-mail").fill(NORA.email);
      await page.getByLabel("First password").fill(NORA.password);
      await page.getByLabel("Role in Claims line").selectOption({ label: "Provider" });
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByText("Nora can sign in now.").waitFor();
      await page.getByRole("listitem").filter({ hasText: NORA.email }).getByText("Provider, Claims line").waitFor();
      const other = await stage.open();
      await signIn(other, NORA);
      await other.waitForURL("**/feeds");
      await other.getByRole("table", { name: "Feeds of Claims line" }).waitFor();
    });
  },
  { withoutAdministrator: true },
);
