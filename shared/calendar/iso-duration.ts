import { z } from "zod";

/** A length of time such as `PT15M` or `P1D`, without months and years: a day is 24 hours. */
export const IsoDuration = z
  .string()
  .regex(/^P(?=\d|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/u, { error: 'must be a length such as "PT15M" or "P1D"' });
