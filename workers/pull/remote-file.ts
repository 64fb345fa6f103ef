import type { Outbound } from "../../shared/store/outbound/outbound.ts";

/** One file that waits elsewhere and was not fetched before in this version. */
export interface RemoteFile {
  /** Names it among the files of its feed. */
  readonly id: string;
  /** The name people read. */
  readonly filename: string;
  /** Changes when the file does: an ETag, or size and time. */
  readonly mark: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** What every way of fetching needs. */
export interface Fetching {
  readonly outbound: Outbound;
  readonly secret: string;
  /** The marks under which files were fetched last. */
  readonly seen: ReadonlyMap<string, string>;
}

const UNFINISHED = /^\.|\.(?:part|partial|tmp|temp|filepart|crdownload|writing)$/iu;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name to show: whatever a foreign server calls its file, without what would turn a line around. */
export function shownName(name: string): string {
  const shown = name.replaceAll(INVISIBLE, "").slice(0, 200);
  return shown === "" ? "file" : shown;
}

/** Whether a name is meant by a pattern of `*` and `?`; names of files that are still being written never are. */
export function isMeant(name: string, pattern: string): boolean {
  if (UNFINISHED.test(name) || name.includes("/")) return false;
  // Without a regular expression, so that no pattern can take long.
  let [at, star, mark] = [0, -1, 0];
  let place = 0;
  while (at < name.length) {
    if (pattern[place] === "*") {
      star = place++;
      mark = at;
    } else if (pattern[place] === "?" || pattern[place] === name[at]) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[place] === "*") place++;
  return place === pattern.length;
}

export interface ListedFile {
  readonly name: string;
  readonly changedMs: number;
  readonly mark: string;
}

/** How many files one attempt fetches at most; the rest follows with the next. */
const FILES_AT_ONCE = 200;

/** The files to fetch, oldest first: the newest one alone, or all that were not fetched in this version. */
export function chosenFiles<F extends ListedFile>(files: readonly F[], take: "newest" | "all-new", seen: Fetching["seen"]): readonly F[] {
  const inOrder = files.toSorted((a, b) => a.changedMs - b.changedMs || (a.name < b.name ? -1 : 1));
  const fresh: F[] = [];
  for (const file of take === "newest" ? inOrder.slice(-1) : inOrder) {
    if (seen.get(file.name) !== file.mark) fresh.push(file);
    if (fresh.length === FILES_AT_ONCE) break;
  }
  return fresh;
}
