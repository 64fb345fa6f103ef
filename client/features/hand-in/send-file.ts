import type { z } from "zod";
import { AppError } from "../../../shared/protocol/errors.ts";
import { errorOf, GUARD_HEADER } from "../../live/api.ts";

export interface SendFile<T> {
  /** Of a feed or a group. */
  readonly path: string;
  readonly file: File;
  /** The same for every attempt with the same file, so that a lost answer never counts twice. */
  readonly idempotencyKey: string;
  readonly onProgress: (sentBytes: number, totalBytes: number) => void;
  readonly signal: AbortSignal;
  readonly answer: z.ZodType<T>;
}

/** Hands in a file. XMLHttpRequest because `fetch` cannot tell how much has been sent. @throws {AppError} in the server's words. */
export function sendFile<T>({ path, file, idempotencyKey, onProgress, signal, answer }: SendFile<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const request = new XMLHttpRequest();
  request.open("PUT", path);
  request.setRequestHeader(GUARD_HEADER, "1");
  request.setRequestHeader("Idempotency-Key", idempotencyKey);
  request.setRequestHeader("X-Filename", encodeURIComponent(file.name));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.lengthComputable ? event.total : file.size));
  request.addEventListener("load", () => {
    const body = parsed(request.responseText);
    if (request.status < 200 || request.status > 299) return reject(errorOf(request.status, body));
    const parsedBody = answer.safeParse(body);
    if (parsedBody.success) return resolve(parsedBody.data);
    return reject(
      new AppError("internal", "Accord answered in a form this page does not know.", "Reload the page and look among the receipts.", {
        cause: parsedBody.error,
      }),
    );
  });
  request.addEventListener("error", () =>
    reject(new AppError("unavailable", "The connection broke before Accord had the whole file.", "Send it again; nothing counts twice.")),
  );
  request.addEventListener("abort", () => reject(new AppError("broken-upload", "You stopped the upload.", "Nothing of the file counts.")));
  signal.addEventListener("abort", () => request.abort());
  request.send(file);
  return promise;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
