import { defineConfig } from "vitest/config";
import { CountReporter } from "./support/count-reporter.ts";

const MINUTE_MS = 60_000;

/** Projects run one after another (`groupOrder`), so that at most two redis-servers and two browsers live at a time. */
function project(options: { name: string; order: number; maxWorkers: number; timeoutMs: number; include?: string[] }) {
  return {
    extends: true as const,
    test: {
      name: options.name,
      include: options.include ?? [`test/${options.name}/**/*.test.{ts,tsx}`],
      maxWorkers: options.maxWorkers,
      testTimeout: options.timeoutMs,
      hookTimeout: MINUTE_MS,
      sequence: { groupOrder: options.order },
    },
  };
}

export default defineConfig({
  cacheDir: ".cache/vite",
  test: {
    environment: "node",
    pool: "forks",
    restoreMocks: true,
    passWithNoTests: true,
    // A poll ends as soon as it holds; on a busy machine one second was too short for what takes ten milliseconds.
    expect: { poll: { timeout: 5000 } },
    reporters: ["default", new CountReporter()],
    projects: [
      project({ name: "unit", order: 0, maxWorkers: 2, timeoutMs: MINUTE_MS / 2 }),
      project({ name: "integration", order: 1, maxWorkers: 2, timeoutMs: MINUTE_MS }),
      project({ name: "faults", order: 2, maxWorkers: 1, timeoutMs: 3 * MINUTE_MS }),
      project({ name: "security", order: 3, maxWorkers: 2, timeoutMs: MINUTE_MS }),
      project({ name: "e2e", order: 4, maxWorkers: 2, timeoutMs: 2 * MINUTE_MS }),
    ],
  },
});
