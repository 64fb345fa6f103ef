import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { runCommand } from "../../../server/boot/run-command.ts";
import { readModules } from "../../support/house-modules.ts";
import { houseViolations } from "../../support/house-violations.ts";
import { plantHouse, type PlantedHouse } from "../../support/planted-house.ts";

interface Planted {
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** Rule of the linter that must refuse it. */
  readonly rule?: string;
  /** Part of what the architecture test must say of it. */
  readonly house?: string;
  /** Code of the compiler error that must refuse it. */
  readonly compiler?: string;
}

const PLANTED: readonly Planted[] = [
  {
    what: "a clock in the core",
    file: "shared/stats/planted-clock.ts",
    text: "export const at = Date.now();",
    rule: "no-restricted-properties",
    house: "uses Date.now",
  },
  {
    what: "the time of day in the core",
    file: "shared/stats/planted-date.ts",
    text: "export const at = new Date();",
    house: "uses new Date()",
  },
  {
    what: "Temporal's clock in the core",
    file: "shared/calendar/planted-now.ts",
    text: "export const at = Temporal.Now.instant();",
    rule: "no-restricted-properties",
    house: "uses Temporal.Now",
  },
  {
    what: "randomness in the core",
    file: "shared/alerts/planted-random.ts",
    text: "export const id = Math.random();",
    rule: "no-restricted-properties",
    house: "uses Math.random",
  },
  {
    what: "the process in the core",
    file: "shared/facts/planted-process.ts",
    text: "export const home = process.cwd();",
    rule: "no-restricted-globals",
    compiler: "TS2591",
  },
  {
    what: "the console in the core",
    file: "shared/facts/planted-console.ts",
    text: 'export const say = () => console.log("hello");',
    rule: "no-restricted-globals",
  },
  {
    what: "a timer in the core",
    file: "shared/ledger/planted-timer.ts",
    text: "export const later = (work: () => void) => setTimeout(work, 5);",
    rule: "no-restricted-globals",
    compiler: "TS2304",
  },
  {
    what: "files in the core",
    file: "shared/feeds/planted-files.ts",
    text: 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;',
    rule: "no-restricted-imports",
    house: "imports node:fs",
    compiler: "TS2591",
  },
  {
    what: "a package in stats",
    file: "shared/stats/planted-package.ts",
    text: 'import { z } from "zod";\nexport const schema = z.string();',
    rule: "no-restricted-imports",
    house: "imports zod",
  },
  {
    what: "an import upwards",
    file: "shared/stats/planted-upward.ts",
    text: 'import { Agreement } from "../agreement/agreement.ts";\nexport const schema = Agreement;',
    rule: "no-restricted-imports",
    house: "only use those before them",
    compiler: "TS6307",
  },
  {
    what: "the store in the client",
    file: "client/planted-store.ts",
    text: 'import { agreementKeys } from "../shared/store/keys.ts";\nexport const keys = agreementKeys;',
    rule: "no-restricted-imports",
    house: "not the store",
  },
  {
    what: "the workers in the server",
    file: "server/planted-sibling.ts",
    text: 'import { planted } from "../workers/planted-empty.ts";\nexport const found = planted;',
    rule: "no-restricted-imports",
    house: "never import each other",
  },
  {
    what: "the environment outside main.ts",
    file: "workers/planted-empty.ts",
    text: 'export const planted = process.env["HOME"];',
    rule: "no-restricted-properties",
  },
  {
    what: "z.coerce",
    file: "server/planted-coerce.ts",
    text: 'import { z } from "zod";\nexport const Port = z.coerce.number();',
    rule: "no-restricted-properties",
  },
  {
    what: "vi.mock",
    file: "test/support/planted-mock.ts",
    text: 'import { vi } from "vitest";\nvi.mock("node:fs");',
    rule: "no-restricted-properties",
  },
  {
    what: "a default export",
    file: "server/planted-default.ts",
    text: "export default 1;",
    rule: "no-default-export",
    house: "default export",
  },
  {
    what: "301 lines",
    file: "server/planted-long.ts",
    text: `export const n = 0;\n${"// filler\n".repeat(300)}`,
    rule: "max-lines",
    house: "301 lines",
  },
  {
    what: "one half of a cycle",
    file: "workers/planted-ring-a.ts",
    text: 'import { b } from "./planted-ring-b.ts";\nexport const a = (): number => b();',
    rule: "no-cycle",
    house: "import cycle",
  },
  {
    what: "the other half of it",
    file: "workers/planted-ring-b.ts",
    text: 'import { a } from "./planted-ring-a.ts";\nexport const b = (): number => a();',
    rule: "no-cycle",
  },
  { what: "any", file: "server/planted-any.ts", text: "export const guess = (value: any): string => value;", rule: "no-explicit-any" },
  {
    what: "a cast",
    file: "server/planted-cast.ts",
    text: "export const guess = (value: unknown): string => value as string;",
    rule: "consistent-type-assertions",
  },
  {
    what: "a non-null assertion",
    file: "server/planted-bang.ts",
    text: "export const first = (list: string[]): string => list[0]!;",
    rule: "no-non-null-assertion",
  },
  {
    what: "a promise that nobody awaits",
    file: "server/planted-floating.ts",
    text: "export function go(): void {\n  Promise.resolve(1);\n}",
    rule: "no-floating-promises",
  },
  {
    what: "a promise where none is expected",
    file: "server/planted-misused.ts",
    text: "export const go = (list: number[]): void => list.forEach(async () => undefined);",
    rule: "no-misused-promises",
  },
  { what: "a file of odds and ends", file: "server/planted-utils.ts", text: "export const n = 1;", house: "not named" },
];

const LintReport = z.object({ diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })) });

describe("one violation of each kind, planted in a copy of the project", () => {
  let house: PlantedHouse;
  let lint: z.infer<typeof LintReport>["diagnostics"];
  let compiler: string;
  let said: string[];

  beforeAll(async () => {
    house = plantHouse(Object.fromEntries(PLANTED.map(({ file, text }) => [file, `${text}\n`])));
    const bin = (name: string): string => path.join(house.root, "node_modules", ".bin", name);
    // By the rules of the whole house, but these files only: the rest of it is linted by `npm run check`.
    const lintRun = await runCommand({
      file: bin("oxlint"),
      args: ["--format", "json", ...PLANTED.map(({ file }) => file)],
      cwd: house.root,
    });
    lint = LintReport.parse(JSON.parse(lintRun.output)).diagnostics;
    const folders = new Set(PLANTED.filter((one) => one.compiler).map((one) => path.dirname(one.file)));
    compiler = (await runCommand({ file: bin("tsc"), args: ["-b", ...folders, "--pretty", "false"], cwd: house.root })).output;
    said = houseViolations(readModules(house.root));
    // A compiler over much of the house: a busy machine takes minutes, which is not what is tested.
  }, 300_000);

  afterAll(() => house.remove());

  const linted = PLANTED.flatMap(({ what, file, rule }) => (rule ? [{ what, file, rule }] : []));
  test.each(linted)("the linter refuses $what ($rule)", ({ file, rule }) => {
    const codes = lint.filter((one) => one.filename.endsWith(file)).map((one) => one.code);
    expect(codes).toContainEqual(expect.stringContaining(rule));
  });

  const housed = PLANTED.flatMap(({ what, file, house: part }) => (part ? [{ what, file, part }] : []));
  test.each(housed)("the architecture test refuses $what", ({ file, part }) => {
    expect(said.filter((line) => line.startsWith(`${file}:`))).toContainEqual(expect.stringContaining(part));
  });

  const compiled = PLANTED.flatMap(({ what, file, compiler: code }) => (code ? [{ what, file, code }] : []));
  test.each(compiled)("the compiler refuses $what ($code)", ({ file, code }) => {
    expect(compiler.split("\n").filter((line) => line.startsWith(file))).toContainEqual(expect.stringContaining(code));
  });
});
