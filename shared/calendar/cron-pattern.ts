/** What each of the five fields may say: minute, hour, day of the month, month, weekday (0 and 7 are Sunday). */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const PART = /^(?:\*|(?<from>\d{1,2})(?:-(?<to>\d{1,2}))?)(?:\/(?<step>\d{1,2}))?$/u;

function isPart(part: string, [least, most]: readonly [number, number]): boolean {
  const groups = PART.exec(part)?.groups;
  if (groups === undefined) return false;
  const from = Number(groups["from"] ?? least);
  const to = Number(groups["to"] ?? groups["from"] ?? most);
  const step = Number(groups["step"] ?? 1);
  return from >= least && to <= most && from <= to && step >= 1 && step <= most;
}

/** Whether a text is a cron pattern of five numeric fields, such as `30 6 * * 1-5`. Names of months and days are not. */
export function isCronPattern(text: string): boolean {
  const fields = text.split(" ");
  return fields.length === FIELDS.length && FIELDS.every((range, i) => (fields[i] ?? "").split(",").every((part) => isPart(part, range)));
}
