import { once } from "node:events";
import { PassThrough } from "node:stream";
import { type GroupPart, splitGroupFile } from "../../shared/feeds/group-split.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import type { FeedGroup } from "../../shared/feeds/group.ts";
import { AppError, toError } from "../../shared/protocol/errors.ts";
import { agreementOf } from "../../shared/protocol/receipt.ts";
import type { RawFiles, ReceivedFile } from "../../shared/store/raw-files.ts";
import { readTableApart } from "../../shared/store/table-thread.ts";

/** What a packed file may become altogether is bounded where it is unpacked. */
const MOST_PART_BYTES = 1_100_000_000;

interface Taking {
  readonly rawFiles: RawFiles;
  readonly group: FeedGroup;
  /** One of the group's feeds, which all read the same format. */
  readonly definition: FeedDefinition;
  readonly nowMs: number;
}

/** The file of one feed, on its way to the disk. */
interface Part {
  readonly stream: PassThrough;
  readonly received: Promise<ReceivedFile>;
}

export interface TakenApart {
  readonly files: ReadonlyMap<string, ReceivedFile>;
  readonly ignored: Omit<Extract<GroupPart, { kind: "ignored" }>, "kind">;
}

/** @throws AppError `too-large` beyond so many bytes, `broken-upload` when the sender stops. */
export async function* limited(body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > maxBytes)
        throw new AppError(
          "too-large",
          `The file is larger than ${Math.floor(maxBytes / 1_000_000)} MB.`,
          "Split it by day or month and hand in the parts.",
        );
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const remedy = "Send the file again with the same Idempotency-Key.";
    throw new AppError("broken-upload", "The upload ended before the file was complete.", remedy, { cause });
  }
}

function open({ rawFiles, nowMs }: Taking, feedId: string): Part {
  const stream = new PassThrough();
  const received = rawFiles.receive(stream, { agreementId: agreementOf(feedId), nowMs, maxBytes: MOST_PART_BYTES });
  // Awaited later; a refusal before that must not pass for an error that nobody sees.
  received.catch(() => undefined);
  return { stream, received };
}

/** Waits for the disk where it is slower than the sender, and gives up with it. */
async function write({ stream, received }: Part, text: string): Promise<void> {
  if (!stream.write(text)) await Promise.race([once(stream, "drain"), received]);
}

/** Unpacking more than is allowed costs as much as a file that is too large. */
function refuse({ problems }: Extract<GroupPart, { kind: "refused" }>): never {
  const code = problems.some(({ rule }) => rule === "too-large-to-open") ? "too-large" : "bad-request";
  const message = problems.map((problem) => problem.message).join(" ");
  const remedy = problems.map((problem) => problem.remedy).join(" ");
  throw new AppError(code, `The file was not taken in: ${message}`, remedy);
}

/**
 * Receives a group's file once and keeps, for each feed with rows in it, the file reduced to its rows, sealed under the key
 * of its own agreement. Nothing has a receipt yet.
 *
 * @throws AppError `bad-request` that names the line where the file cannot be taken apart, `too-large` where it unpacks to too much.
 */
export async function takeApart(taking: Taking, body: AsyncIterable<Uint8Array>): Promise<TakenApart> {
  const parts = new Map<string, Part>();
  let ignored: TakenApart["ignored"] = { rows: 0, lines: [], values: [] };
  try {
    for await (const piece of splitGroupFile({ ...taking, table: readTableApart }, body)) {
      if (piece.kind === "refused") refuse(piece);
      if (piece.kind === "ignored") {
        ignored = { rows: piece.rows, lines: piece.lines, values: piece.values };
        continue;
      }
      const part = parts.get(piece.feedId) ?? open(taking, piece.feedId);
      parts.set(piece.feedId, part);
      await write(part, piece.text);
    }
    if (parts.size === 0)
      throw new AppError("bad-request", "No row of the file belongs to a feed of the group.", `Check the column "${taking.group.column}".`);
    for (const { stream } of parts.values()) stream.end();
    const files = new Map<string, ReceivedFile>();
    for (const [feedId, { received }] of parts) files.set(feedId, await received);
    return { files, ignored };
  } catch (thrown) {
    for (const { stream } of parts.values()) stream.destroy(toError(thrown));
    await Promise.allSettled([...parts.values()].map(({ received }) => received));
    throw thrown;
  }
}
