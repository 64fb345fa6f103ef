/** The folders of `shared/` that know the business and nothing else, in the order of dependency: each may use those before it. */
export const DOMAIN_FOLDERS = [
  "stats",
  "calendar",
  "metrics",
  "feeds",
  "facts",
  "agreement",
  "outlook",
  "settlement",
  "drift",
  "alerts",
  "ledger",
] as const;

/** All of `shared/` in the order of dependency. */
export const SHARED_FOLDERS = [...DOMAIN_FOLDERS, "protocol", "store"] as const;

/** Packages that a folder without I/O may import. */
export function allowedPackages(folder: string): readonly string[] {
  return folder === "stats" ? [] : ["zod"];
}

/** Folders of `shared/` that a folder of `shared/` may import: those before it. */
export function allowedFolders(folder: string): readonly string[] {
  const names: readonly string[] = SHARED_FOLDERS;
  return names.slice(0, names.indexOf(folder));
}

/** What a folder without I/O may not touch, because the answer would depend on where and when it is asked. */
export const FORBIDDEN_GLOBALS = [
  "globalThis",
  "process",
  "console",
  "setTimeout",
  "setInterval",
  "setImmediate",
  "queueMicrotask",
  "fetch",
  "Buffer",
  "crypto",
  "performance",
  "window",
  "document",
  "navigator",
  "localStorage",
  "sessionStorage",
  "require",
  "WebSocket",
  "XMLHttpRequest",
] as const;

/** Members with the same trouble, as [object, member]. */
export const FORBIDDEN_MEMBERS = [
  ["Date", "now"],
  ["Math", "random"],
  ["Temporal", "Now"],
  ["performance", "now"],
] as const;
