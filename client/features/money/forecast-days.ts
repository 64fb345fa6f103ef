import { AppError } from "../../../shared/protocol/errors.ts";

const LINE = /^(\d{4}-\d{2}-\d{2})[\s,;]+(\d{1,9})$/u;

/**
 * A month's forecast as pasted: a line per day, the day and its contacts.
 *
 * @throws {AppError} naming the first line that is something else, or a day of another month.
 */
export function forecastDays(text: string, month: string): Record<string, number> {
  const days: Record<string, number> = {};
  for (const line of text.split("\n").map((each) => each.trim())) {
    if (line === "") continue;
    const [, day = "", count = ""] = LINE.exec(line) ?? [];
    if (day === "") throw new AppError("bad-request", `"${line}" is not a day and a count.`, `Write lines such as ${month}-01 2100.`);
    if (!day.startsWith(month)) throw new AppError("bad-request", `${day} is not in ${month}.`, "Hand in one month at a time.");
    days[day] = Number(count);
  }
  if (Object.keys(days).length === 0) throw new AppError("bad-request", "There is no day in it.", `Write lines such as ${month}-01 2100.`);
  return days;
}
