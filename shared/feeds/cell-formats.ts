export const DURATION_UNITS = ["s", "ms", "min", "h:mm:ss"] as const;
/** Printed minutes are left out: their last digit is no whole digit of a second, so nothing could be compared with it exactly. */
export const CLAIM_UNITS = ["percent", "fraction", "score", "points", "s", "ms", "h:mm:ss"] as const;
export const DATE_FORMATS = ["yyyy-mm-dd", "yyyymmdd", "yymmdd", "dd/mm/yyyy", "mm/dd/yyyy", "day-number"] as const;
export const TIME_FORMATS = ["h:mm:ss", "h:mm", "hhmm"] as const;
export const INSTANT_FORMATS = ["iso-8601", "epoch-s", "epoch-ms"] as const;
