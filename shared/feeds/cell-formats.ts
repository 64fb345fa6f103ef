/** `auto` reads each value as it is written; see `docs/feeds.md`. */
export const DURATION_UNITS = ["s", "ms", "min", "h", "h:mm:ss", "m:ss", "h:mm", "day-fraction", "iso-8601", "auto"] as const;
/** What a number without a unit means in a column of `auto`. */
export const BARE_UNITS = ["s", "ms", "min", "h", "day-fraction"] as const;
/** What two numbers with a colon mean in a column of `auto`. */
export const TWO_PART_CLOCKS = ["m:ss", "h:mm"] as const;
/** Printed minutes are left out: their last digit is no whole digit of a second, so nothing could be compared with it exactly. */
export const CLAIM_UNITS = ["percent", "fraction", "percent-or-fraction", "score", "points", "s", "ms", "h:mm:ss", "m:ss", "auto"] as const;
export const DATE_FORMATS = [
  "yyyy-mm-dd",
  "yyyy/mm/dd",
  "yyyymmdd",
  "yymmdd",
  "dd/mm/yyyy",
  "mm/dd/yyyy",
  "dd.mm.yyyy",
  "dd-mm-yyyy",
  "dd/mm/yy",
  "mm/dd/yy",
  "dd.mm.yy",
  "d mmm yyyy",
  "d-mmm-yyyy",
  "d-mmm-yy",
  "mmm d, yyyy",
  "yyyy-Www-d",
  "mmm-yy",
  "mmm yyyy",
  "yyyy-mm",
  "excel-serial",
  "excel-serial-1904",
  "day-number",
] as const;
/** Formats that name a month and no day: the first of the month stands for it. */
export const MONTH_FORMATS = ["mmm-yy", "mmm yyyy", "yyyy-mm"] as const;
export const TIME_FORMATS = [
  "h:mm:ss",
  "h:mm",
  "hhmm",
  "h:mm:ss am/pm",
  "h:mm am/pm",
  "h:mm - h:mm",
  "h:mm am/pm - h:mm am/pm",
  "day-fraction",
] as const;
export const INSTANT_FORMATS = ["iso-8601", "epoch-s", "epoch-ms"] as const;
export const DECIMAL_MARKS = ["point", "comma", "either"] as const;
export const THOUSANDS_MARKS = ["comma", "point", "space", "apostrophe"] as const;
