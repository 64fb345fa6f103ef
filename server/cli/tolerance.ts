import { CommandError } from "./command.ts";

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 365.25 / 12, quarter: 365.25 / 4, year: 365.25 };
/** Detectors cannot be calibrated to more false alarms than one in so many subgroups. */
const SHORTEST = 10;
const LONGEST = 1_000_000;
const EXAMPLES = "Write it as 1/month, 2/year, or 1/500 for one in 500 subgroups.";

/**
 * Reads how many false alarms are tolerated: `1/month`, `2/year`, `1/500`.
 *
 * @param spacingDays mean distance of two subgroups.
 * @returns subgroups from one false alarm to the next, 10 to 1,000,000.
 * @throws CommandError where it is written otherwise, or stands for more or fewer alarms than can be promised.
 */
export function readTolerance(text: string, spacingDays: number): number {
  const match = /^(\d{1,4}(?:\.\d{1,3})?)\/(?:(\d{2,7})|(day|week|month|quarter|year))$/u.exec(text);
  const alarms = Number(match?.[1]);
  if (match === null || !(alarms > 0)) throw new CommandError(`--tolerate "${text}" is no number of alarms in a time. ${EXAMPLES}`);
  const subgroups = match[2] === undefined ? (DAYS[match[3] ?? ""] ?? 0) / spacingDays : Number(match[2]);
  const runLength = subgroups / alarms;
  if (runLength >= SHORTEST && runLength <= LONGEST) return runLength;
  const said =
    runLength < SHORTEST ? `more than one in ${SHORTEST} subgroups` : `fewer than one in ${LONGEST.toLocaleString("en-GB")} subgroups`;
  throw new CommandError(
    `--tolerate ${text} stands for ${said}, which cannot be promised for figures ${spacingDays.toFixed(2)} days apart. ${EXAMPLES}`,
  );
}
