import type { Reporter, TestModule } from "vitest/node";

interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Sums over all projects. A file or a group that could not be set up counts as one failure, although none of its tests ran. */
export function countTests(modules: readonly TestModule[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const module of modules) {
    const broken = [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
    counts.failed += broken.length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") counts.passed += 1;
      else if (state === "failed") counts.failed += 1;
      else counts.skipped += 1;
    }
  }
  return counts;
}

/** Ends a run with one plain line that scripts can read: `N passed, N failed, N skipped`. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const { passed, failed, skipped } = countTests(modules);
    const lines = ["", `${passed} passed, ${failed + unhandled.length} failed, ${skipped} skipped`];
    if (passed + failed === 0) {
      lines.unshift("No test ran.");
      process.exitCode = 1;
    }
    process.stdout.write(`${lines.join("\n")}\n`);
  }
}
