import { z } from "zod";
import { ExclusionClaim } from "../settlement/claim.ts";
import { readTar, type RandomAccess, type TarPlace } from "./tar.ts";

/** The names of the files in a bundle. `docs/record.md` describes them. */
export const BUNDLE = {
  about: "about.json",
  checkpoints: "checkpoints.json",
  versions: "versions.json",
  feeds: "feeds.json",
  claims: "claims.json",
  forecasts: "forecasts.json",
  people: "people.json",
  entries: (part: number) => `entries/${String(part).padStart(6, "0")}.txt`,
  raw: (sha256: string) => `raw/${sha256}`,
  rows: (sha256: string) => `rows/${sha256}`,
} as const;

/** Entries in one file, so that each is small. */
export const ENTRIES_PER_PART = 1000;

export const BundleAbout = z.strictObject({
  accord: z.literal("record/1"),
  agreement: z.string(),
  entries: z.int().min(0),
  /** The operator's Ed25519 keys, raw and in base64; the present one last. */
  publicKeys: z.array(z.string()).min(1),
  /** What each key but the last signed of the next when it gave way. */
  certificates: z.array(z.string()).optional(),
});
export const BundleCheckpoints = z.array(z.string());
/** Documents with the exact texts that were signed. */
export const BundleVersions = z.array(z.strictObject({ version: z.int().min(1), text: z.string() }));
export const BundleFeeds = z.array(z.strictObject({ feed: z.string(), text: z.string() }));
export const BundleClaims = z.array(ExclusionClaim);
export const BundleForecasts = z.array(
  z.strictObject({ month: z.string(), days: z.record(z.iso.date(), z.int().min(0)), handedInAtMs: z.int(), locksAtMs: z.int() }),
);

/** Under which pseudonym condensed rows know a person whom files name: the name as SHA-256 of its NFC text. Forgotten ones are not there. */
export const BundlePeople = z
  .array(z.strictObject({ nameSha256: z.string().regex(/^[0-9a-f]{64}$/u), pseudonym: z.string() }))
  // Two people made one would move figures.
  .refine((people) => new Set(people.map(({ pseudonym }) => pseudonym)).size === people.length, "two people have one pseudonym");

/** An open bundle. Whatever is missing or cannot be read is told by an exception of its own. */
export interface Bundle {
  readonly about: z.infer<typeof BundleAbout>;
  readonly checkpoints: readonly string[];
  readonly versions: z.infer<typeof BundleVersions>;
  readonly feeds: z.infer<typeof BundleFeeds>;
  readonly claims: readonly ExclusionClaim[];
  readonly forecasts: z.infer<typeof BundleForecasts>;
  readonly people: z.infer<typeof BundlePeople>;
  /** Lines of leaf hash in hex, a space, and the entry's canonical text. */
  entries(): AsyncIterable<string>;
  /** The bytes of a file that was handed in, in pieces; `null` where the bundle does not hold it. */
  raw(sha256: string): AsyncIterable<Uint8Array> | null;
  /** The rows that took the place of a file, by their own hash; `null` where the bundle does not hold them. */
  rows(sha256: string): AsyncIterable<Uint8Array> | null;
}

/** The bundle cannot be checked, because something in it is missing or cannot be read. */
export class BundleError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "BundleError";
  }
}

const PIECE = 1 << 18;

async function* pieces(archive: RandomAccess, { from, bytes }: TarPlace): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes; at += PIECE) yield await archive.read(from + at, Math.min(PIECE, bytes - at));
}

class OpenBundle {
  private readonly archive: RandomAccess;
  private readonly places: ReadonlyMap<string, TarPlace>;

  constructor(archive: RandomAccess, places: ReadonlyMap<string, TarPlace>) {
    this.archive = archive;
    this.places = places;
  }

  async text(name: string): Promise<string> {
    const place = this.places.get(name);
    if (place === undefined) throw new BundleError(`The bundle has no ${name}.`);
    return new TextDecoder().decode(await this.archive.read(place.from, place.bytes));
  }

  async json<T>(name: string, schema: z.ZodType<T>): Promise<T> {
    const text = await this.text(name);
    try {
      return schema.parse(JSON.parse(text));
    } catch (thrown) {
      throw new BundleError(`${name} of the bundle cannot be read.`, thrown);
    }
  }

  async *entries(): AsyncGenerator<string> {
    for (let part = 0; this.places.has(BUNDLE.entries(part)); part++) {
      const text = await this.text(BUNDLE.entries(part));
      for (const line of text.split("\n")) if (line !== "") yield line;
    }
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  file(name: string): AsyncIterable<Uint8Array> | null {
    const place = this.places.get(name);
    return place === undefined ? null : pieces(this.archive, place);
  }
}

/** @throws BundleError when it is no bundle, or a part is missing. */
export async function openBundle(archive: RandomAccess): Promise<Bundle> {
  const places = await readTar(archive).catch((thrown: unknown) => {
    throw new BundleError(
      thrown instanceof RangeError ? `This is no whole bundle: ${thrown.message}.` : "The file cannot be read.",
      thrown,
    );
  });
  const open = new OpenBundle(archive, places);
  return {
    about: await open.json(BUNDLE.about, BundleAbout),
    checkpoints: await open.json(BUNDLE.checkpoints, BundleCheckpoints),
    versions: await open.json(BUNDLE.versions, BundleVersions),
    feeds: await open.json(BUNDLE.feeds, BundleFeeds),
    claims: await open.json(BUNDLE.claims, BundleClaims),
    forecasts: await open.json(BUNDLE.forecasts, BundleForecasts),
    people: open.has(BUNDLE.people) ? await open.json(BUNDLE.people, BundlePeople) : [],
    entries: () => open.entries(),
    raw: (sha256) => open.file(BUNDLE.raw(sha256)),
    rows: (sha256) => open.file(BUNDLE.rows(sha256)),
  };
}
