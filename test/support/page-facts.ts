import type { Locator, Page } from "playwright-core";
import { Receipt } from "../../shared/protocol/receipt.ts";
import type { HttpClient } from "./http-client.ts";
import type { System } from "./system.ts";

/** What a reader sees, with every kind of space as one plain space. */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.innerText()).replaceAll(/\s+/gu, " ").trim();
}

/** The row of a target on the board. */
export function rowOf(page: Page, target: string): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: target }) });
}

/** The figures of a row of the board, as a reader hears them. */
export async function figuresOf(row: Locator): Promise<{ status: string; value: string; today: string; n: string }> {
  const cells = await Promise.all((await row.getByRole("cell").all()).map(textOf));
  return { status: cells[0] ?? "", value: cells[1] ?? "", today: cells[4] ?? "", n: cells[8] ?? "" };
}

/** How often the page loads from now on; a live page never does. */
export function countLoads(page: Page): () => number {
  let loads = 0;
  page.on("load", () => void (loads += 1));
  return () => loads;
}

/** Hands in a file over the API and waits until it counts, or is refused. */
export async function settle(system: System, client: HttpClient, feedId: string, file: string): Promise<Receipt> {
  const reply = await system.upload(client, feedId, file);
  return await system.settled(client, reply.as(Receipt).id);
}
