const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions, key: string): Intl.DateTimeFormat {
  const name = `${zone} ${key}`;
  const known = formats.get(name);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  formats.set(name, made);
  return made;
}

let viewer: { readonly zone: string; readonly offsetMinutes: number } | null = null;

/** Where the reader's machine is. Asked anew when its offset moves: each question costs as much as drawing a line of a list. */
export function viewerZone(): string {
  const offsetMinutes = new Date().getTimezoneOffset();
  if (viewer?.offsetMinutes !== offsetMinutes) viewer = { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, offsetMinutes };
  return viewer.zone;
}

/** The name people use for a zone: its city. `America/Argentina/Buenos_Aires` is "Buenos Aires". */
export function zoneCity(zone: string): string {
  return zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");
}

/** `14:32` in the zone. */
export function clockIn(zone: string, ms: number): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, "clock").format(ms);
}

export function clockWithSecondsIn(zone: string, ms: number): string {
  return format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }, "seconds").format(ms);
}

/** `2026-09-21` in the zone. */
export function dayIn(zone: string, ms: number): string {
  const parts = format(zone, { year: "numeric", month: "2-digit", day: "2-digit" }, "day").formatToParts(ms);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** `20 Sep` for a local day such as `2026-09-20`. */
export function dayWords(day: string): string {
  return format("UTC", { day: "numeric", month: "short" }, "day words")
    .format(Date.parse(`${day}T00:00:00Z`))
    .replace("Sept", "Sep");
}

/** `Mon 21 Sep` for a local day. */
export function weekdayWords(day: string): string {
  return `${format("UTC", { weekday: "short" }, "weekday").format(Date.parse(`${day}T00:00:00Z`))} ${dayWords(day)}`;
}

/** `September` for the month of a local day. */
export function monthWords(day: string): string {
  return format("UTC", { month: "long" }, "month").format(Date.parse(`${day}T00:00:00Z`));
}

/** The date, with its year unless that is the current one: `20 Sep`, `31 Jan 1999`. */
function dateWords(day: string, today: string): string {
  return day.slice(0, 4) === today.slice(0, 4) ? dayWords(day) : `${dayWords(day)} ${day.slice(0, 4)}`;
}

/** The clock for today, the date for any other day: `14:30`, `20 Sep`. */
export function shortIn(zone: string, ms: number, nowMs: number): string {
  const [day, today] = [dayIn(zone, ms), dayIn(zone, nowMs)];
  return day === today ? clockIn(zone, ms) : dateWords(day, today);
}

/** Clock, with the date before it unless it is today: `14:30`, `20 Sep 09:12`. */
export function stampIn(zone: string, ms: number, nowMs: number): string {
  const [day, today] = [dayIn(zone, ms), dayIn(zone, nowMs)];
  return day === today ? clockIn(zone, ms) : `${dateWords(day, today)} ${clockIn(zone, ms)}`;
}

/** `14:32 Manila (08:32 yours)`; without the second part for a reader whose clock shows the same. */
export function bothClocks(zone: string, ms: number, nowMs: number = ms, viewer: string = viewerZone()): string {
  const there = stampIn(zone, ms, nowMs);
  const here = zone === viewer ? there : stampIn(viewer, ms, nowMs);
  return `${there} ${zoneCity(zone)}${here === there ? "" : ` (${here} yours)`}`;
}

/** How long ago or how long still, in words: `32 min`, `2 h 17 min`, `15 d`. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return "under 1 min";
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

/** A fixed length in words: `45 s`, `30 min`, `24 h`. */
export function lengthWords(ms: number): string {
  return ms < 60_000 ? `${Math.round(ms / 1000)} s` : spanWords(ms);
}
