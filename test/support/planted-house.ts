import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..", "..");
const COPIED = [
  "shared",
  "server",
  "workers",
  "client",
  "test/support",
  "oxlint.config.ts",
  "package.json",
  "tsconfig.base.json",
  "tsconfig.json",
];

export interface PlantedHouse {
  readonly root: string;
  remove(): void;
}

/** A throw-away copy of the project with extra files in it, to see that the checks refuse them. */
export function plantHouse(planted: Readonly<Record<string, string>>): PlantedHouse {
  const root = mkdtempSync(path.join(tmpdir(), "accord-planted-"));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(root, name), { recursive: true });
  symlinkSync(path.join(ROOT, "node_modules"), path.join(root, "node_modules"));
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
