import { allowedFolders, allowedPackages, FORBIDDEN_MEMBERS, SHARED_FOLDERS } from "./house.ts";
import { findCycles } from "./import-cycles.ts";
import type { Import, Module } from "./house-modules.ts";

const MOST_LINES = 300;
const CLOCK_WITHOUT_ARGUMENT = /\bnew Date\(\)|(?<![.\w])Date\(\)/u;
const KEBAB_CASE = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|config|d))?\.(?:ts|tsx|mjs)$/u;
const NAMELESS = /(?:^|[/-])(?:utils?|helpers?|manager|misc)(?:\.|-|\/)/u;
const ASSETS = /\.(?:css|svg|json|png|woff2)(?:\?\w+)?$/u;

/** `["shared", "stats"]` for modules of shared/, else the part at the top. */
function homeOf(file: string): { part: string; folder: string } {
  const [part = "", folder = ""] = file.split("/");
  return { part, folder: part === "shared" ? folder : "" };
}

function whyFolderIsForbidden(from: string, to: string): string | null {
  const source = homeOf(from);
  const target = homeOf(to);
  if (source.part === "test") return null;
  if (source.part === "shared") {
    if (target.part !== "shared") return "shared/ knows none of its users";
    return source.folder === target.folder || allowedFolders(source.folder).includes(target.folder)
      ? null
      : "folders of shared/ only use those before them";
  }
  if (target.part === "shared")
    return source.part === "client" && target.folder === "store" ? "the client knows the wire, not the store" : null;
  return source.part === target.part ? null : "parts at the top never import each other";
}

function isPure(file: string): boolean {
  const { part, folder } = homeOf(file);
  return part === "shared" && folder !== "store";
}

function packageViolation(file: string, specifier: string): string | null {
  if (isPure(file))
    return allowedPackages(homeOf(file).folder).includes(specifier) ? null : `imports ${specifier}: folders without I/O use zod at most`;
  if (file.startsWith("client/") && specifier.startsWith("node:")) return `imports ${specifier}: a browser has no Node`;
  return null;
}

function importViolation(module: Module, one: Import, known: ReadonlySet<string>): string | null {
  if (one.target === null) return packageViolation(module.path, one.specifier);
  const why = whyFolderIsForbidden(module.path, one.target);
  if (why) return `imports ${one.target}: ${why}`;
  return known.has(one.target) || ASSETS.test(one.specifier) ? null : `imports ${one.target}, which does not exist`;
}

function textViolations(module: Module): string[] {
  const found: string[] = [];
  if (module.lineCount > MOST_LINES) found.push(`has ${module.lineCount} lines, more than ${MOST_LINES}`);
  if (/^export default\b/mu.test(module.text) && !module.path.endsWith(".config.ts")) found.push("has a default export");
  if (!KEBAB_CASE.test(module.path.split("/").at(-1) ?? "") || NAMELESS.test(module.path))
    found.push("is not named in kebab-case after what it exports");
  if (!isPure(module.path)) return found;
  for (const [object, member] of FORBIDDEN_MEMBERS) {
    if (module.text.includes(`${object}.${member}`))
      found.push(`uses ${object}.${member}: folders of shared/ have no clock and no randomness`);
  }
  if (CLOCK_WITHOUT_ARGUMENT.test(module.text)) found.push("uses new Date(): folders of shared/ have no clock");
  return found;
}

/** Every breach of the house rules as `path: what`. Empty means the house stands. */
export function houseViolations(modules: readonly Module[]): string[] {
  const known = new Set(modules.map((module) => module.path));
  const local = modules.flatMap((module) => {
    const imports = module.imports.map((one) => importViolation(module, one, known)).filter((text) => text !== null);
    const { part, folder } = homeOf(module.path);
    const strangers =
      part === "shared" && !module.path.endsWith(".d.ts") && !SHARED_FOLDERS.some((name) => name === folder)
        ? ["lies in a folder of shared/ that the house does not have"]
        : [];
    return [...strangers, ...imports, ...textViolations(module)].map((text) => `${module.path}: ${text}`);
  });
  return [...local, ...findCycles(modules).map((cycle) => `${cycle[0]}: import cycle ${cycle.join(" -> ")}`)];
}
