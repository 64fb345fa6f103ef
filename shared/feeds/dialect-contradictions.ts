import type { AnyFeed } from "./any-feed.ts";
import type { Contradiction } from "./contradiction.ts";
import { mappedColumns } from "./mapped-columns.ts";

function layoutContradictions({ format }: AnyFeed): Contradiction[] {
  if (format.type !== "delimited" || format.columns === undefined || format.headerLine === undefined) return [];
  return [
    {
      path: ["format", "headerLine"],
      message: "is the line of the column names, which a file with columns in its definition does not have",
    },
  ];
}

/** Each alias leads to one column that is read, and is no name of another. */
function aliasContradictions(feed: AnyFeed): Contradiction[] {
  const mapped = new Set(mappedColumns(feed));
  const taken = new Map<string, string>();
  const found: Contradiction[] = [];
  for (const [column, aliases] of Object.entries(feed.aliases ?? {})) {
    if (!mapped.has(column)) found.push({ path: ["aliases", column], message: "is no column that the definition reads" });
    for (const alias of aliases) {
      const other = mapped.has(alias) ? alias : taken.get(alias);
      if (other !== undefined) found.push({ path: ["aliases", column], message: `"${alias}" is a name of "${other}" already` });
      taken.set(alias, column);
    }
  }
  return found;
}

function renameContradictions({ queue }: AnyFeed): Contradiction[] {
  if (!("column" in queue)) return [];
  const known = new Set(queue.known);
  return Object.entries(queue.renamed ?? {}).flatMap(([old, name]) => {
    if (known.has(old))
      return [{ path: ["queue", "renamed", old], message: "is a known queue, so that it cannot be the former name of another" }];
    return known.size > 0 && !known.has(name)
      ? [{ path: ["queue", "renamed", old], message: `"${name}" is not among the known queues` }]
      : [];
  });
}

function handleContradictions(feed: AnyFeed): Contradiction[] {
  if (feed.kind !== "contact") return [];
  const { handle, ...others } = feed.durations;
  if (handle === undefined || !("sum" in handle)) return [];
  return handle.sum.flatMap((part) =>
    others[part] === undefined
      ? [{ path: ["durations", "handle", "sum"], message: `needs ${part}, which the definition does not read` }]
      : [],
  );
}

/** What cannot be meant about names of columns and queues, and about sums of times. */
export function dialectContradictions(feed: AnyFeed): Contradiction[] {
  return [...layoutContradictions(feed), ...aliasContradictions(feed), ...renameContradictions(feed), ...handleContradictions(feed)];
}
