import type { Request } from "express";
import { AppError } from "../../shared/protocol/errors.ts";
import { isAllowedOrigin } from "../access/origin.ts";

const SAFE_METHODS = new Set(["GET", "HEAD"]);

/**
 * Refuses what another site made a browser send. A page of another origin cannot set `X-Accord` without a preflight,
 * which this server never answers; a machine with an API key sends no cookie and needs no such proof.
 *
 * @throws AppError not-allowed, the same for every object.
 */
export function refuseCrossSite(request: Request, publicUrl: string): void {
  if (SAFE_METHODS.has(request.method) || request.headers.authorization !== undefined) return;
  const { origin } = request.headers;
  const foreign = (origin !== undefined && !isAllowedOrigin(origin, publicUrl)) || request.headers["sec-fetch-site"] === "cross-site";
  const unproven = request.session?.personId !== undefined && request.headers["x-accord"] !== "1";
  if (!foreign && !unproven) return;
  throw new AppError(
    "not-allowed",
    "This request did not come from a page of this server.",
    "Send the header X-Accord: 1 from the server's own origin.",
  );
}
