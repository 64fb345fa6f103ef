import { useCallback } from "react";
import { z } from "zod";
import { CalibrationLine, CalibrationView } from "../../../shared/drift/calibration.ts";
import type { AgreementState } from "../../live/agreement-state.ts";
import { call } from "../../live/api.ts";
import { useRequest } from "../../live/use-request.ts";

/** Where calibrations of an agreement are read, and drawn. */
export function calibrationsPath(agreementId: string): string {
  return `/api/v1/agreements/${encodeURIComponent(agreementId)}/calibrations`;
}

/** All calibrations of an agreement in short, read again when one was drawn or scored. */
export function useCalibrations({ agreement: { id }, qualitySeq }: AgreementState): ReturnType<typeof useRequest<CalibrationLine[]>> {
  const read = useCallback(
    async () => await call({ path: calibrationsPath(id), answer: z.array(CalibrationLine) }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it makes it new, although the call does not name it
    [id, qualitySeq],
  );
  return useRequest(read);
}

/** One calibration as the reader may see it, read again when somebody has scored. */
export function useCalibration(
  { agreement: { id }, qualitySeq }: AgreementState,
  calibrationId: string,
): ReturnType<typeof useRequest<CalibrationView>> {
  const read = useCallback(
    async () => await call({ path: `${calibrationsPath(id)}/${encodeURIComponent(calibrationId)}`, answer: CalibrationView }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- it makes it new, although the call does not name it
    [id, calibrationId, qualitySeq],
  );
  return useRequest(read);
}
