import type { z } from "zod";
import type { BundleFeeds, BundleForecasts, BundleVersions } from "./bundle.ts";
import { canonicalText } from "./canonical.ts";
import type { LedgerEntry, Sha256Function } from "./entry.ts";

interface Documents {
  readonly versions: z.infer<typeof BundleVersions>;
  readonly feeds: z.infer<typeof BundleFeeds>;
  readonly forecasts: z.infer<typeof BundleForecasts>;
}

export type TextHash = (text: string) => string;

export function textHash(sha256: Sha256Function): TextHash {
  return (text) => sha256(new TextEncoder().encode(text)).toHex();
}

/** Compares the documents that an entry names by their hash. @returns what is wrong, if anything is. */
export function documentFault(
  entry: LedgerEntry,
  { versions, feeds, forecasts }: Documents,
  hash: TextHash,
  isLast: boolean,
): string | null {
  const isOther = (text: string | undefined, sha256: string): boolean => text !== undefined && hash(text) !== sha256;
  switch (entry.kind) {
    case "agreement-version": {
      const other = entry.feeds.find((one) => isOther(feeds.find(({ feed }) => feed === one.feed)?.text, one.sha256));
      if (other !== undefined) return `the bundle's feed ${other.feed} is not the one that was agreed`;
      return isOther(versions.find(({ version }) => version === entry.version)?.text, entry.sha256)
        ? `the bundle's text of version ${entry.version} is not the one that was agreed`
        : null;
    }
    case "version-proposed":
    case "version-signed":
    case "version-in-force":
      return isOther(versions.find(({ version }) => version === entry.version)?.text, entry.sha256)
        ? `the bundle's text of version ${entry.version} is not the one that was agreed`
        : null;
    case "feed-defined":
      return isOther(feeds.find(({ feed }) => feed === entry.feed)?.text, entry.sha256)
        ? `the bundle's feed ${entry.feed} is not the one that was defined`
        : null;
    case "forecast": {
      const forecast = forecasts.find(({ month }) => month === entry.month);
      // Only the one that was handed in last is kept.
      return isLast && forecast !== undefined && hash(canonicalText(forecast.days)) !== entry.sha256
        ? `the bundle's forecast of ${entry.month} is not the one that was handed in`
        : null;
    }
    default:
      return null;
  }
}
