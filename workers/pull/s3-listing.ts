import type { ListedFile } from "./remote-file.ts";

export interface S3File extends ListedFile {
  readonly key: string;
  readonly size: number;
}

export interface S3Listing {
  readonly files: readonly S3File[];
  /** Where the list goes on, or null. */
  readonly next: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

function unescaped(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|(lt|gt|quot|apos|amp));/gu, (_, code: string | undefined, name: string | undefined) =>
    code === undefined ? (ENTITIES[name ?? ""] ?? "") : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
  );
}

function tag(xml: string, name: string): string {
  const from = xml.indexOf(`<${name}>`);
  const to = xml.indexOf(`</${name}>`, from);
  return from < 0 || to < 0 ? "" : unescaped(xml.slice(from + name.length + 2, to));
}

/** One page of ListObjectsV2, asked with `encoding-type=url`, so that a key cannot hold markup. Objects without a time are left out. */
export function readListing(xml: string): S3Listing {
  const files = xml
    .split("<Contents>")
    .slice(1)
    .flatMap((part) => {
      const key = decodeURIComponent(tag(part, "Key").replaceAll("+", " "));
      const changedMs = Date.parse(tag(part, "LastModified"));
      const size = Number(tag(part, "Size"));
      if (key === "" || Number.isNaN(changedMs) || !Number.isSafeInteger(size)) return [];
      const mark = `${tag(part, "ETag")}:${size}:${changedMs}`;
      return [{ key, name: key, size, changedMs, mark }];
    });
  const next = tag(xml, "NextContinuationToken");
  return { files, next: tag(xml, "IsTruncated") === "true" && next !== "" ? next : null };
}
