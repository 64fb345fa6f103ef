import path from "node:path";
import { formatElapsed } from "../../server/boot/progress.ts";
import { runCommand } from "../../server/boot/run-command.ts";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const bin = (name: string): string => path.join(ROOT, "node_modules", ".bin", name);

interface Check {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly mend: string;
}

const CHECKS: readonly Check[] = [
  { name: "format", file: bin("oxfmt"), args: ["--check", "."], mend: "node_modules/.bin/oxfmt ." },
  { name: "types", file: bin("tsc"), args: ["-b"], mend: "the first error is usually the cause of the others" },
  {
    name: "lint",
    file: bin("oxlint"),
    args: ["--type-aware", "--deny-warnings", "--report-unused-disable-directives"],
    mend: "each message names the rule; CONTRIBUTING.md says why it exists",
  },
  { name: "dead code", file: bin("knip"), args: ["--config", "test/knip.json"], mend: "delete what nothing uses" },
  {
    name: "architecture",
    file: process.execPath,
    args: [
      path.join(ROOT, "node_modules", "vitest", "vitest.mjs"),
      "run",
      "--config",
      "test/vitest.config.ts",
      "--root",
      ".",
      "test/unit/architecture",
    ],
    mend: "docs/architecture.md shows which folder may use which",
  },
];

async function passes(check: Check): Promise<boolean> {
  const startedMs = performance.now();
  const { code, output } = await runCommand({ file: check.file, args: check.args, cwd: ROOT });
  const elapsed = formatElapsed(performance.now() - startedMs);
  if (code === 0) {
    say(`ok      ${check.name} (${elapsed})`);
    return true;
  }
  say(`${output.trimEnd()}\nFAILED  ${check.name} (${elapsed}): ${check.mend}`);
  return false;
}

const [only] = process.argv.slice(2);
const chosen = only === undefined ? CHECKS : CHECKS.filter((check) => check.name.replaceAll(" ", "-") === only);
let failed = 0;
for (const check of chosen) {
  if (!(await passes(check))) failed += 1;
}
say(`${chosen.length - failed} of ${chosen.length} checks passed`);
process.exitCode = failed === 0 && chosen.length > 0 ? 0 : 1;
