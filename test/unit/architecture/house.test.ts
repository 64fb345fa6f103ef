import path from "node:path";
import { describe, expect, test } from "vitest";
import { readModules } from "../../support/house-modules.ts";
import { houseViolations } from "../../support/house-violations.ts";

const ROOT = path.resolve(import.meta.dirname, "..", "..", "..");
const FEWEST_MODULES = 150;

describe("the house", () => {
  const modules = readModules(ROOT);

  test(`has more than ${FEWEST_MODULES} modules, so that a reader that finds none cannot pass`, () => {
    expect(modules.length).toBeGreaterThan(FEWEST_MODULES);
    expect(modules.flatMap((module) => module.imports).length).toBeGreaterThan(2 * FEWEST_MODULES);
  });

  test("has one-way folders, no cycle, no clock in its core and no file over 300 lines", () => {
    expect(houseViolations(modules)).toEqual([]);
  });

  test("keeps most files short", () => {
    const lengths = modules.map((module) => module.lineCount).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(90);
  });
});
