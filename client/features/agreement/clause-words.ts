import type { Agreement, ServiceHours } from "../../../shared/agreement/agreement.ts";
import type { WindowKind } from "../../../shared/calendar/window-kind.ts";
import { countWords } from "../../live/count-words.ts";
import { dayWords } from "../../ui/zone-time.ts";

/** `1 Jul 2026`. */
export function dateWords(day: string): string {
  return `${dayWords(day)} ${day.slice(0, 4)}`;
}

/** `a`, `a and b`, `a, b and c`; with another word between the last two, if that is meant. */
export function listWords(items: readonly string[], between = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${between} ${items.at(-1) ?? ""}`;
}

export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** `P15D` is "15 days", `PT48H` is "48 hours". */
export function termWords(term: string): string {
  const [, days, hours] = /^P(?:(\d+)D|T(\d+)H)$/u.exec(term) ?? [];
  if (days !== undefined) return countWords(Number(days), "day");
  return hours === undefined ? term : countWords(Number(hours), "hour");
}

const KINDS: Readonly<Record<string, string>> = { day: "day", week: "week", month: "calendar month", quarter: "quarter" };

/** `calendar month`, `28 days in a row`, `3 months in a row`. */
export function windowKindWords(kind: WindowKind): string {
  const rolling = /^rolling-(\d+)([dm])$/u.exec(kind);
  if (rolling === null) return KINDS[kind] ?? kind;
  return `${rolling[1] ?? ""} ${rolling[2] === "d" ? "days" : "months"} in a row`;
}

const DAYS = { mon: "Monday", tue: "Tuesday", wed: "Wednesday", thu: "Thursday", fri: "Friday", sat: "Saturday", sun: "Sunday" } as const;
const ORDER = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
type Weekday = keyof typeof DAYS;

export function weekdayName(day: Weekday): string {
  return DAYS[day];
}

/** Days in a row as a span, over the weekend too: "Monday to Friday", "Sunday to Thursday", "Monday, Wednesday and Friday". */
function daysWords(days: readonly Weekday[]): string {
  const sorted = ORDER.filter((day) => days.includes(day));
  const before = (day: Weekday) => ORDER[(ORDER.indexOf(day) + ORDER.length - 1) % ORDER.length] ?? day;
  const starts = sorted.filter((day) => !sorted.includes(before(day)));
  const [first] = starts;
  if (sorted.length === ORDER.length) return "every day";
  if (sorted.length < 3 || starts.length > 1 || first === undefined) return listWords(sorted.map((day) => DAYS[day]));
  const last = ORDER[(ORDER.indexOf(first) + sorted.length - 1) % ORDER.length] ?? first;
  return `${DAYS[first]} to ${DAYS[last]}`;
}

/** "Monday to Friday 08:00 to 18:00 and Saturday 09:00 to 13:00". */
export function hoursWords(hours: ServiceHours): string {
  if (hours === "always") return "around the clock, every day";
  return listWords(hours.map((block) => `${daysWords(block.days)} ${block.from} to ${block.to}`));
}

/** "24 Dec 2026 08:00 to 12:00, 26 Dec 2026 closed". */
export function overrideWords(overrides: Agreement["overrides"]): string {
  return overrides
    .map(({ date, hours }) => {
      if (hours === "closed") return `${dateWords(date)} closed`;
      if (hours === "always") return `${dateWords(date)} around the clock`;
      return `${dateWords(date)} ${listWords(hours.map(({ from, to }) => `${from} to ${to}`))}`;
    })
    .join(", ");
}

/** The name of a target by its id, or of one member of it: `service-level@Sales` is "Service level, Sales". */
export function targetName(agreement: Agreement, ref: string): string {
  const exact = agreement.targets.find(({ id }) => id === ref);
  if (exact !== undefined) return exact.name;
  const at = ref.indexOf("@");
  const base = agreement.targets.find(({ id }) => id === ref.slice(0, at));
  return base === undefined ? ref : `${base.name}, ${ref.slice(at + 1)}`;
}

/** An amount as the document writes it, with its currency and separators: `EUR 120,000.00`. */
export function amountWords(amount: string, currency: string): string {
  const [whole = "0", cents = ""] = amount.split(".");
  const decimals = cents === "" ? "" : `.${cents.padEnd(2, "0")}`;
  return `${currency}\u00a0${whole.replaceAll(/\B(?=(?:\d{3})+(?!\d))/gu, ",")}${decimals}`;
}
