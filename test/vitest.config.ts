import path from "node:path";
import { defineConfig } from "vitest/config";
import { CountReporter } from "./support/count-reporter.ts";

const MINUTE_MS = 60_000;

/** The core and the client keep nothing outside their values, so files of tests may follow each other in one process: half the work. */
const PURE = ["test/unit/{shared,client}/**/*.test.{ts,tsx}"];

const OTHERS = ["test/unit/!(shared|client)/**/*.test.{ts,tsx}", "test/unit/*.test.{ts,tsx}"];

/** They hold code to a time, and others' use of the same code makes it slower. */
const TIMED = ["test/unit/shared/feeds/{mutants,values}.test.ts"];

interface ProjectOptions {
  readonly name: string;
  readonly order: number;
  readonly maxWorkers: number;
  readonly timeoutMs: number;
  readonly include?: string[];
  readonly exclude?: string[];
  /** Whether each file has a process of its own. */
  readonly isolate?: boolean;
}

/** Those of one `order` run together, the next after them, so that at most two redis-servers and two browsers live at a time. */
function project(options: ProjectOptions) {
  return {
    extends: true as const,
    test: {
      name: options.name,
      include: options.include ?? [`test/${options.name}/**/*.test.{ts,tsx}`],
      exclude: options.exclude ?? [],
      isolate: options.isolate ?? true,
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
    // For programs that tests start: they are there in half the time when what Node compiled is kept.
    env: { NODE_COMPILE_CACHE: path.resolve(import.meta.dirname, "..", ".cache", "node") },
    passWithNoTests: true,
    // A poll ends as soon as it holds; on a busy machine one second was too short for what takes ten milliseconds.
    expect: { poll: { timeout: 5000 } },
    reporters: ["default", new CountReporter()],
    projects: [
      project({ name: "unit", order: 0, maxWorkers: 2, timeoutMs: MINUTE_MS / 2, include: PURE, exclude: TIMED, isolate: false }),
      project({ name: "unit-alone", order: 0, maxWorkers: 2, timeoutMs: MINUTE_MS / 2, include: [...OTHERS, ...TIMED] }),
      project({ name: "integration", order: 1, maxWorkers: 2, timeoutMs: MINUTE_MS }),
      project({ name: "faults", order: 2, maxWorkers: 1, timeoutMs: 3 * MINUTE_MS }),
      project({ name: "security", order: 3, maxWorkers: 2, timeoutMs: MINUTE_MS }),
      project({ name: "e2e", order: 4, maxWorkers: 2, timeoutMs: 2 * MINUTE_MS }),
    ],
  },
});
