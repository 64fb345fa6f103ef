import type { Request } from "express";
import { agreementOf, type Receipt } from "../../shared/protocol/receipt.ts";
import { ROUTES } from "../../shared/protocol/routes.ts";
import { AppError, toError } from "../../shared/protocol/errors.ts";
import { acceptReceipt, readReceiptCount } from "../../shared/store/receipts.ts";
import { actorOf, type Caller, callerId } from "../access/caller.ts";
import { decide, enforce } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import { readFeed } from "./read-feed.ts";
import type { Handlers } from "./route-types.ts";
import { identifyRequest } from "./serve-route.ts";
import { withProof } from "./with-proof.ts";
import { cutAfterAnswer } from "./cut-after-answer.ts";
import type { UploadGate } from "./upload-gate.ts";

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

export function idempotencyKey(request: Request): string {
  const key = request.get("Idempotency-Key") ?? "";
  if (/^[\x21-\x7e]{1,200}$/u.test(key)) return key;
  throw new AppError(
    "bad-request",
    "The header Idempotency-Key is missing, or is not 1 to 200 visible ASCII characters.",
    "Make one key per file, such as a UUID, and send the same key again when you repeat the upload.",
  );
}

/** A name to show, never a path: separators stay letters, and what would turn a line around is taken out. */
export function filename(request: Request): string {
  const header = request.get("X-Filename") ?? "upload";
  try {
    const name = decodeURIComponent(header).replaceAll(INVISIBLE, "").slice(0, 200);
    return name === "" ? "upload" : name;
  } catch (cause) {
    throw new AppError("bad-request", "The header X-Filename is not URI-encoded.", "Send encodeURIComponent(name).", { cause });
  }
}

export function refuseWrongForm(request: Request, maxBytes: number): void {
  if (request.is("multipart/*")) {
    throw new AppError(
      "unsupported-media",
      "The file came inside a form (multipart).",
      "Send the bytes of the file themselves as the body: curl -T file.csv.",
    );
  }
  const encoding = request.get("Content-Encoding") ?? "identity";
  if (encoding !== "identity")
    throw new AppError(
      "unsupported-media",
      `The request is encoded (${encoding.slice(0, 20)}).`,
      "Leave Content-Encoding out; a packed file is sent as it is.",
    );
  const announced = Number(request.get("Content-Length") ?? "0");
  if (announced <= maxBytes) return;
  const megabytes = Math.floor(maxBytes / 1_000_000);
  throw new AppError("too-large", `The file is larger than ${megabytes} MB.`, "Split it by day or month and hand in the parts.");
}

/** Takes in a provider's file: bytes on disk, then the receipt, then a hint to the workers, which may get lost. */
export function uploadRoutes(parts: ServerParts, gate: UploadGate): Pick<Handlers, "upload"> {
  const { redis, rawFiles, clock, logger, driveQueue, limits } = parts;

  /** Asked once more when the whole file has come: the right to it may have ended meanwhile. */
  async function permit(request: Request, feedId: string): Promise<{ present: Caller; count: string }> {
    const agreementId = agreementOf(feedId);
    const [present, count] = await Promise.all([identifyRequest(parts, request), readReceiptCount(redis, agreementId)]);
    enforce(decide(ROUTES.upload.policy, present, { agreementId, feedId }));
    return { present, count };
  }

  async function receive(feedId: string, caller: Caller, request: Request): Promise<{ receipt: Receipt; created: boolean }> {
    refuseWrongForm(request, limits.uploadBytes);
    const names = { idempotencyKey: idempotencyKey(request), filename: filename(request) };
    const agreementId = agreementOf(feedId);
    // Asked beside what the gate asks; without a feed nothing is read of the body.
    const reading = readFeed(redis, agreementId, feedId);
    reading.catch(() => undefined);
    const { feed, file, present, count } = await gate.pass({ sender: callerId(caller), agreementId, request }, async (body, admitted) => {
      const feed = await reading;
      const known = Promise.withResolvers<{ present: Caller; count: string }>();
      known.promise.catch(() => undefined);
      const beforeKept = async (): Promise<void> => {
        known.resolve(permit(request, feedId));
        await Promise.all([known.promise, admitted]);
      };
      const taken = await rawFiles.receive(body, { agreementId, nowMs: clock(), maxBytes: limits.uploadBytes, beforeKept });
      return { feed, file: taken, ...(await known.promise) };
    });
    const wake = (): void => {
      driveQueue
        .hintOfReceipt(agreementId)
        .catch((error: unknown) => logger.warn({ event: "hint-lost", agreementId, reason: toError(error).message }));
    };
    const by = { actor: callerId(present), acceptedFrom: actorOf(present), nowMs: clock() };
    const accepted = await acceptReceipt(redis, { agreementId, feed: feed.id, ...file, ...names, ...by, count }, wake);
    if (!accepted.created) await rawFiles.restore(file, accepted.receipt);
    return accepted;
  }

  return {
    async upload({ params: { feedId }, caller, request, response }) {
      try {
        const { receipt, created } = await receive(feedId, caller, request);
        response.status(created ? 202 : 200);
        return await withProof(parts, receipt);
      } catch (error) {
        cutAfterAnswer(request);
        throw error;
      }
    },
  };
}
