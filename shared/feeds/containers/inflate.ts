import { RefusedFile } from "../refused-file.ts";

export type Deflated = "gzip" | "deflate-raw";

/** Unpacks a stream of compressed bytes. Fails in any way where they are damaged or end too early. */
export type Inflate = (bytes: AsyncIterable<Uint8Array>, format: Deflated) => AsyncIterable<Uint8Array>;

export interface InflateLimits {
  /** Bytes that may come out. */
  readonly most: number;
  /** How many times larger than what went in may be what comes out, */
  readonly ratio: number;
  /** once so many bytes came out. */
  readonly ratioFrom: number;
}

/** A year of rows unpacks to less; text shrinks to a tenth or a twentieth, what shrinks to a two-hundredth is a bomb. */
export const FILE_LIMITS: InflateLimits = { most: 1_000_000_000, ratio: 200, ratioFrom: 10_000_000 };

/** What was taken counts as soon as it is taken, so little is taken at once: a bomb is known by what it has given for it. */
const TAKEN_AT_ONCE = 8192;

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_000_000).toLocaleString("en-GB")} MB`;
}

function tooLarge(what: string, limits: InflateLimits): RefusedFile {
  return new RefusedFile({
    rule: "too-large-to-open",
    message: `${what} unpacks to more than ${megabytes(limits.most)}`,
    remedy: "Split it by day or month and hand in the parts",
  });
}

function tooDense(what: string, limits: InflateLimits): RefusedFile {
  return new RefusedFile({
    rule: "too-large-to-open",
    message: `${what} unpacks to more than ${limits.ratio} times its size, as no file of figures does`,
    remedy: "Send the file unpacked",
  });
}

function damaged(what: string, thrown: unknown): RefusedFile {
  const cutOff = thrown instanceof Error && "code" in thrown && thrown.code === "Z_BUF_ERROR";
  return new RefusedFile({
    rule: "broken-archive",
    message: `${what} ${cutOff ? "is cut off before its end" : "is damaged: it cannot be unpacked to its end"}`,
    remedy: "Pack the file again and send it whole",
  });
}

/**
 * Unpacks within limits that hold for what really comes out, whatever the archive says of itself.
 *
 * @param what how messages name the archive, such as `The gzip archive`.
 * @throws RefusedFile where a limit is passed or the bytes are damaged; what the source of the bytes throws.
 */
export async function* inflateWithin(
  bytes: AsyncIterable<Uint8Array>,
  format: Deflated,
  { inflate, limits, what }: { readonly inflate: Inflate; readonly limits: InflateLimits; readonly what: string },
): AsyncGenerator<Uint8Array> {
  let taken = 0;
  let given = 0;
  let failure: { readonly thrown: unknown } | null = null;
  async function* counted(): AsyncGenerator<Uint8Array> {
    try {
      for await (const piece of bytes) {
        for (let at = 0; at < piece.length; at += TAKEN_AT_ONCE) {
          const part = piece.subarray(at, at + TAKEN_AT_ONCE);
          taken += part.length;
          yield part;
        }
      }
    } catch (thrown) {
      failure = { thrown };
      throw thrown;
    }
  }
  const sourceFailure = (): { readonly thrown: unknown } | null => failure;
  try {
    for await (const piece of inflate(counted(), format)) {
      given += piece.length;
      if (given > limits.most) throw tooLarge(what, limits);
      if (given > limits.ratioFrom && given > taken * limits.ratio) throw tooDense(what, limits);
      yield piece;
    }
  } catch (thrown) {
    if (thrown instanceof RefusedFile) throw thrown;
    const source = sourceFailure();
    throw source === null ? damaged(what, thrown) : source.thrown;
  }
}
