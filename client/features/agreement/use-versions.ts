import { useEffect, useState } from "react";
import type { AppError } from "../../../shared/protocol/errors.ts";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { useAgreement } from "../../live/live-context.ts";
import { asAppError } from "../../live/use-request.ts";
import { readVersions } from "./version-calls.ts";

export interface Versions {
  /** Newest first; `null` until they have come. */
  readonly versions: readonly VersionView[] | null;
  /** Why the last reading failed; versions that had come before stay. */
  readonly error: AppError | null;
  readonly again: () => void;
}

/** An agreement that was never in force has no stream that would tell of a signature. */
const UNWATCHED_MS = 10_000;

/** Every version of an agreement, read again whenever one of them changes. */
export function useVersions(agreementId: string): Versions {
  const [known, setKnown] = useState<Pick<Versions, "versions" | "error">>({ versions: null, error: null });
  const [round, setRound] = useState(0);
  const changedAt = useAgreement(agreementId)?.versionsSeq ?? null;
  useEffect(() => {
    let isCurrent = true;
    readVersions(agreementId).then(
      (versions) => isCurrent && setKnown({ versions: versions.toSorted((a, b) => b.version - a.version), error: null }),
      (thrown: unknown) => isCurrent && setKnown((before) => ({ ...before, error: asAppError(thrown) })),
    );
    return () => {
      isCurrent = false;
    };
  }, [agreementId, changedAt, round]);
  const isUnwatched = changedAt === null;
  useEffect(() => {
    if (!isUnwatched) return undefined;
    const timer = setInterval(() => setRound((before) => before + 1), UNWATCHED_MS);
    return () => clearInterval(timer);
  }, [isUnwatched]);
  return { ...known, again: () => setRound((before) => before + 1) };
}
