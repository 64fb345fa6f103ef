import { expect, it } from "vitest";
import { metrics } from "../../../server/cli/metrics.ts";
import { CATALOGUE } from "../../../shared/metrics/catalogue.ts";

async function printed(args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  await metrics({ args, env: {}, now: 0, print: (line) => void lines.push(line) });
  return lines;
}

it("lists every metric on a line of its own", async () => {
  expect((await printed([])).map((line) => line.split(/\s/u)[0])).toEqual(CATALOGUE.map(({ id }) => id));
});

it("tells of a metric its variants, their sources, its counters and how many it takes, in 100 columns", async () => {
  const lines = await printed(["service-level"]);
  expect(lines.filter((line) => line.trim().startsWith("source: "))).toHaveLength(8);
  expect(lines.join("\n")).toContain("Counters: answered-within-20000");
  expect(lines.join("\n")).toContain("Sample: ");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
});

it("refuses a metric that there is not, and says where they are listed", async () => {
  await expect(metrics({ args: ["happiness"], env: {}, now: 0, print: () => undefined })).rejects.toThrow("accord metrics");
});
