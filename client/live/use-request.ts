import { useCallback, useEffect, useState } from "react";
import { AppError, toError } from "../../shared/protocol/errors.ts";

export type Request<T> =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: AppError }
  | { readonly state: "ready"; readonly data: T };

export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError("internal", toError(thrown).message, "Try again.", { cause: thrown });
}

/**
 * Reads something that is not live (lists, settings) when the component appears, and again on demand.
 *
 * @param read must keep its identity between renders, or it is read again.
 */
export function useRequest<T>(read: () => Promise<T>): { readonly request: Request<T>; readonly again: () => void } {
  const [request, setRequest] = useState<Request<T>>({ state: "loading" });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    read().then(
      (data) => isCurrent && setRequest({ state: "ready", data }),
      (thrown: unknown) => isCurrent && setRequest({ state: "failed", error: asAppError(thrown) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [read, round]);
  const again = useCallback(() => setRound((known) => known + 1), []);
  return { request, again };
}
