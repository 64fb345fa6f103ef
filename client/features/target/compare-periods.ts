import type { WindowKind } from "../../../shared/calendar/window-kind.ts";
import { monthWords } from "../../ui/zone-time.ts";

/** Windows of one kind that begin within two local days. */
export interface Period {
  readonly kind: WindowKind;
  readonly from: string;
  readonly to: string;
}

interface NamedPeriod extends Period {
  readonly id: string;
  readonly label: string;
}

function lastOf(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
}

/** The periods offered for a comparison, as of a local day. */
export function comparePeriods(today: string): readonly NamedPeriod[] {
  return [today.slice(0, 7), monthBefore(today.slice(0, 7))].flatMap((month, index) => {
    const days = { from: `${month}-01`, to: lastOf(month) };
    const name = `${monthWords(days.from)} ${month.slice(0, 4)}`;
    const which = index === 0 ? "This month" : "Last month";
    return [
      { id: `month ${month}`, label: `${which}, ${name}`, kind: "month", ...days },
      { id: `week ${month}`, label: `Weeks that begin in ${name}`, kind: "week", ...days },
      { id: `day ${month}`, label: `Days of ${name}`, kind: "day", ...days },
    ] satisfies NamedPeriod[];
  });
}
