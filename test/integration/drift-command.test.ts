import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { addDays } from "../../shared/calendar/day.ts";
import { SeriesWatch } from "../../shared/drift/drift-view.ts";
import { drawNormal } from "../../shared/stats/random-draws.ts";
import { randomStream } from "../../shared/stats/random.ts";

const PROGRAM = path.resolve(import.meta.dirname, "..", "..", "server", "cli", "main.ts");

it("anybody's file is watched by a program of its own, without Redis and without a server", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "accord-drift-"));
  try {
    const file = path.join(folder, "series.csv");
    const stream = randomStream("a process of its own");
    const rows = Array.from({ length: 140 }, (_, day) => `${addDays("2026-01-05", day)},${drawNormal(stream) + (day < 90 ? 20 : 22)}`);
    await writeFile(file, `timestamp,value\n${rows.join("\n")}\n`);
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [PROGRAM, "drift", file, "--json"], { env: {} });
    const { input: _, ...watch } = Object(JSON.parse(stdout));
    const { state, drift, budget } = SeriesWatch.parse(watch);
    expect({ state, direction: drift?.direction, alarms: budget.alarms }).toEqual({ state: "drifting", direction: "up", alarms: 1 });
    expect(drift?.onset.from ?? "").toSatisfy((day: string) => day > "2026-03-25" && day <= "2026-04-05");
  } finally {
    await rm(folder, { recursive: true });
  }
});
