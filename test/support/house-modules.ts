import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const PARTS = ["shared", "server", "workers", "client", "test"];
const STATIC_IMPORT = /^\s*(?:import|export)\b[^"';]*?\bfrom\s*"(?<specifier>[^"]+)"/gmu;
const BARE_IMPORT = /^\s*import\s*"(?<specifier>[^"]+)"/gmu;
const DYNAMIC_IMPORT = /\bimport\(\s*"(?<specifier>[^"]+)"/gu;

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path from the root for a relative import, else null. */
  readonly target: string | null;
}

export interface Module {
  /** Path from the root with forward slashes, e.g. `shared/stats/ratio.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
}

function readImports(file: string, text: string): Import[] {
  const matches = [STATIC_IMPORT, BARE_IMPORT, DYNAMIC_IMPORT].flatMap((pattern) => [...text.matchAll(pattern)]);
  return matches.flatMap((match) => {
    const specifier = match.groups?.["specifier"];
    if (specifier === undefined) return [];
    return [{ specifier, target: specifier.startsWith(".") ? path.posix.join(path.posix.dirname(file), specifier) : null }];
  });
}

/** Every TypeScript and JavaScript module of the project, with what it imports. */
export function readModules(root: string): Module[] {
  return PARTS.flatMap((part) => {
    const entries = readdirSync(path.join(root, part), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && /\.(?:ts|tsx|mjs)$/u.test(entry.name));
    return files.map((entry) => {
      const file = path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join("/");
      const text = readFileSync(path.join(root, file), "utf8");
      return { path: file, text, lineCount: text.trimEnd().split("\n").length, imports: readImports(file, text) };
    });
  }).sort((a, b) => a.path.localeCompare(b.path));
}
