import { z } from "zod";
import { AppError, WireError } from "../../shared/protocol/errors.ts";

/** The server refuses changes from a browser without it: a foreign page cannot set a header. */
export const GUARD_HEADER = "X-Accord";

const Failure = z.union([WireError, z.object({ error: WireError }).transform((body) => body.error)]);

/** The error an answer of the server describes, or a plain one for an answer that describes none. */
export function errorOf(status: number, body: unknown): AppError {
  const parsed = Failure.safeParse(body);
  if (parsed.success) return new AppError(parsed.data.code, parsed.data.message, parsed.data.remedy);
  if (status === 401) return new AppError("not-signed-in", "You are not signed in.", "Sign in again.");
  if (status === 413) return new AppError("too-large", "The file is too large for this server.", "Split it and hand in the parts.");
  if (status === 502 || status === 503 || status === 504) {
    return new AppError("unavailable", "Accord cannot be reached right now.", "It is tried again; nothing typed is lost.");
  }
  return new AppError("internal", `Accord answered with status ${status}.`, "Try again; if it stays, tell the administrator.");
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * One HTTP call, its answer parsed with the schema of the route.
 *
 * @throws {AppError} with the server's own words, or `unavailable` when there is no answer at all.
 */
export async function call<T>(request: {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  body?: unknown;
  answer: z.ZodType<T>;
}): Promise<T> {
  const { method = "GET", path, body, answer } = request;
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers[GUARD_HEADER] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, { method, headers, credentials: "same-origin", body: body === undefined ? null : JSON.stringify(body) });
  } catch (cause) {
    throw new AppError("unavailable", "Accord cannot be reached.", "Check your connection and try again.", { cause });
  }
  const received = await bodyOf(response);
  if (!response.ok) throw errorOf(response.status, received);
  const parsed = answer.safeParse(received);
  if (!parsed.success) {
    throw new AppError(
      "internal",
      "Accord answered in a form this page does not know.",
      "Reload the page; it may be older than the server.",
      {
        cause: parsed.error,
      },
    );
  }
  return parsed.data;
}
