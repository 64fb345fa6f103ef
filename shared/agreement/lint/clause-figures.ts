/** A share or a length of time that a clause names in words, e.g. 80 with `%`, or 20,000 with `ms`. */
export interface ClauseFigure {
  readonly text: string;
  readonly unit: "%" | "ms";
  readonly value: number;
}

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const WORD = `(?:(?:${TENS.join("|")})(?:[- ](?:${ONES.slice(1, 10).join("|")}))?|${ONES.join("|")}|(?:one |a )?hundred)`;
const NUMBER = String.raw`(?:\d+(?:\.\d+)?|${WORD})`;
const UNIT = String.raw`(?:%|per ?cent\b|seconds?\b|secs?\b|s\b|minutes?\b|mins?\b|hours?\b|hrs?\b|h\b|days?\b|weeks?\b)`;

const FIGURE = new RegExp(String.raw`(?<![\d.:])(${NUMBER})\s*(?:\(\d+(?:\.\d+)?\)\s*)?(${UNIT})`, "giu");
const CLOCK = /(?<![\d:.])(\d{1,3}):([0-5]\d)(?![\d:]| ?(?:am|pm|h\b))/giu;
const RANGE = new RegExp(String.raw`(?<![\d.:])${NUMBER}\s*(?:-|\u2013|to|or)\s*${NUMBER}\s*(?:\([^)]*\)\s*)?${UNIT}`, "iu");

/** The first range such as "20-30 s" or "twenty to thirty (20-30) seconds" in a text, or `null`. */
export function rangeIn(text: string): string | null {
  return RANGE.exec(text)?.[0] ?? null;
}

function wordValue(word: string): number {
  if (word.endsWith("hundred")) return 100;
  const [first = "", second] = word.split(/[- ]/u);
  const tens = TENS.indexOf(first);
  const rest = second === undefined ? 0 : ONES.indexOf(second);
  return tens < 0 ? ONES.indexOf(first) : (tens + 2) * 10 + rest;
}

const SECOND_MS = 1000;
const LENGTH_MS: Readonly<Record<string, number>> = {
  s: SECOND_MS,
  m: 60 * SECOND_MS,
  h: 3600 * SECOND_MS,
  d: 86_400 * SECOND_MS,
  w: 604_800 * SECOND_MS,
};

interface Found extends ClauseFigure {
  readonly from: number;
  readonly to: number;
}

function read(match: RegExpExecArray): Found {
  const [text, number = "", unit = ""] = match;
  const value = /^\d/u.test(number) ? Number(number) : wordValue(number.toLowerCase());
  const share = unit === "%" || /^per/iu.test(unit);
  const lengthMs = LENGTH_MS[unit.toLowerCase().charAt(0)] ?? 0;
  const place = { text, from: match.index, to: match.index + text.length };
  return { ...place, unit: share ? "%" : "ms", value: share ? value : Math.round(value * lengthMs) };
}

/** "3 minutes 45 seconds" is one length of time, not two. */
function joined(found: readonly Found[], text: string): ClauseFigure[] {
  const all: Found[] = [];
  for (const figure of found) {
    const last = all.at(-1);
    const together = last !== undefined && last.unit === "ms" && figure.unit === "ms" && figure.value < last.value;
    if (together && /^\s*(?:and\s+)?$/u.test(text.slice(last.to, figure.from)))
      all[all.length - 1] = { ...last, text: text.slice(last.from, figure.to), to: figure.to, value: last.value + figure.value };
    else all.push(figure);
  }
  return all.map(({ text: own, unit, value }) => ({ text: own, unit, value }));
}

/** Every share and length of time a clause names, in figures or in English words up to a hundred. */
export function figuresIn(text: string): ClauseFigure[] {
  const clocks = [...text.matchAll(CLOCK)].map(([whole, minutes, seconds]): ClauseFigure => {
    return { text: whole, unit: "ms", value: (Number(minutes) * 60 + Number(seconds)) * SECOND_MS };
  });
  return [...joined([...text.matchAll(FIGURE)].map(read), text), ...clocks];
}
