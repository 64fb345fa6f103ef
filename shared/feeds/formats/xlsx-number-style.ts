/** What a number under a style is shown as; `null` for a plain number. */
export type NumberStyle = "date" | "time" | "elapsed" | "date-time" | null;

// The formats that every workbook has without defining them (ECMA-376 18.8.30), with those of East Asian versions.
const BUILT_IN: readonly (readonly [from: number, to: number, style: NumberStyle])[] = [
  [14, 17, "date"],
  [18, 21, "time"],
  [22, 22, "date-time"],
  [27, 31, "date"],
  [32, 35, "time"],
  [36, 36, "date"],
  [45, 45, "time"],
  [46, 46, "elapsed"],
  [47, 47, "time"],
  [50, 54, "date"],
  [55, 56, "time"],
  [57, 58, "date"],
];

/** The style of a format that workbooks have built in. */
export function builtInStyle(id: number): NumberStyle {
  return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? null;
}

/** The style of a format code such as `[h]:mm:ss` or `dd/mm/yyyy hh:mm`: by the letters that stand for parts of a date or a time. */
export function styleOfCode(code: string): NumberStyle {
  const [first = ""] = code.replaceAll(/"[^"]*"|\\.|[_*]./gu, "").split(";");
  if (/\[(?:h+|m+|s+)\]/iu.test(first)) return "elapsed";
  const letters = first.replaceAll(/\[[^\]]*\]|am\/pm|a\/p|general/giu, (found) =>
    found.startsWith("[") || /^g/iu.test(found) ? "" : "h",
  );
  const time = /[hs]/iu.test(letters);
  const date = /[yd]/iu.test(letters) || (!time && /m/iu.test(letters));
  if (date) return time ? "date-time" : "date";
  return time ? "time" : null;
}
