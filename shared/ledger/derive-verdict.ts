import type { CompiledTarget } from "../agreement/compiled.ts";
import type { AgreementContext } from "../agreement/context.ts";
import { type DayCounts, isBlank } from "../agreement/day-sums.ts";
import { evaluateWindow } from "../agreement/evaluate-window.ts";
import type { AgreementHistory } from "../agreement/history.ts";
import { sumTargetDay } from "../agreement/target-day.ts";
import type { Verdict, VerdictWindow } from "../agreement/verdict.ts";
import { windowsTouched } from "../agreement/windows.ts";
import type { Day } from "../calendar/day.ts";
import { isWindowKind } from "../calendar/window-kind.ts";
import { ClaimsThen } from "./claims-then.ts";
import { KnownFacts } from "./known-facts.ts";
import type { FileRead, FileToRead, Reading } from "./read-file.ts";

/** A window of a target, as an entry names it. */
export interface Named {
  readonly target: string;
  readonly version: number;
  /** Kind and first day, such as `day.2026-03-20`. */
  readonly window: string;
}

interface Place {
  readonly context: AgreementContext;
  readonly compiled: CompiledTarget;
  readonly window: VerdictWindow;
}

interface LockedForecast {
  readonly days: Readonly<Record<Day, number>>;
  readonly locksAtMs: number;
}

function placeOf(history: AgreementHistory, { target, version, window }: Named, nowMs: number): Place | null {
  const cut = window.indexOf(".");
  const [kind, start] = [window.slice(0, cut), window.slice(cut + 1)];
  const context = history.versions.find(({ agreement }) => agreement.version === version);
  const compiled = context?.targets.find((one) => one.target.id === target);
  if (context === undefined || compiled === undefined || !isWindowKind(kind)) return null;
  const found = compiled.target.windows.includes(kind) && context.calendar.covering(kind, start).find((one) => one.start === start);
  if (found === false || found === undefined) return null;
  const { fromMs, toMs, part } = found;
  return { context, compiled, window: { kind, start, fromMs, toMs, open: nowMs < toMs, part } };
}

/**
 * The state from which verdicts are derived, moved along the entries of a record: what was known, in force and claimed
 * then. The same pure functions as in the live system judge it, a day counted anew only when something on it changed.
 */
export class Derivation {
  readonly claims: ClaimsThen;
  private readonly facts: KnownFacts;
  private history: AgreementHistory;
  /** As it was before the latest version came into force. */
  private former: AgreementHistory | null = null;
  private readonly receivedMs = new Map<string, number>();
  private readonly forecasts = new Map<string, LockedForecast>();
  private counted = new Map<CompiledTarget, Map<Day, DayCounts | undefined>>();

  constructor(history: AgreementHistory, claims: ClaimsThen, reading: Reading) {
    this.history = history;
    this.claims = claims;
    this.facts = new KnownFacts(reading);
  }

  inForce(history: AgreementHistory): void {
    this.former = this.history;
    this.history = history;
    this.counted = new Map();
  }

  /** Takes a file's rows in; days that they touch are counted anew when they are needed. */
  async apply(file: FileToRead, counts: boolean): Promise<FileRead & { readonly days: ReadonlySet<Day> }> {
    const { days, ...read } = await this.facts.apply(file, this.history.latest);
    const { id } = file.feed;
    if (counts) this.receivedMs.set(id, Math.max(this.receivedMs.get(id) ?? 0, file.handedInMs));
    for (const [compiled, known] of this.counted) if (compiled.target.feed === id) for (const day of days) known.delete(day);
    return { ...read, days };
  }

  /** The verdicts of closed windows that a change of some days of a feed can touch, as they are now; without their hashes. */
  touched(feed: string, days: ReadonlySet<Day>, nowMs: number): Verdict[] {
    return this.history.versions.flatMap((context) =>
      context.targets
        .filter(({ target }) => target.feed === feed)
        .flatMap((compiled) =>
          windowsTouched(context, compiled, days, nowMs)
            .filter(({ open }) => !open)
            .map((window) => this.judge({ context, compiled, window }, nowMs)),
        ),
    );
  }

  claimed(): void {
    this.counted = new Map();
  }

  foretell(month: string, forecast: LockedForecast): void {
    this.forecasts.set(month, forecast);
  }

  /** The verdict of a window as it is judged at `nowMs` from what is known so far; without its hash. `null`: nothing is agreed about it. */
  verdict(named: Named, nowMs: number): Verdict | null {
    const place = placeOf(this.history, named, nowMs);
    return place === null ? null : this.judge(place, nowMs);
  }

  /** What the versions before the latest said of a window that it no longer has; whatever version the entry names. */
  formerVerdict({ target, window }: Named, nowMs: number): Verdict | null {
    for (const { agreement } of this.former?.versions ?? []) {
      const place = this.former === null ? null : placeOf(this.former, { target, window, version: agreement.version }, nowMs);
      if (place !== null) return this.judge(place, nowMs);
    }
    return null;
  }

  private judge({ context, compiled, window }: Place, nowMs: number): Verdict {
    const { volume } = context;
    const countsOf = (day: Day): DayCounts | undefined => this.countsOf(context, compiled, day);
    const locked = [...this.forecasts.values()].filter(({ locksAtMs }) => locksAtMs <= nowMs);
    return evaluateWindow(
      {
        context,
        compiled,
        nowMs,
        receivedMs: this.receivedMs.get(compiled.target.feed) ?? nowMs,
        silentSinceMs: null,
        countsOf,
        volumeOf: (day) => (volume === null ? null : (this.countsOf(context, volume, day)?.recomputed.totals[0] ?? null)),
        forecastOf: (day) => locked.find(({ days }) => days[day] !== undefined)?.days[day] ?? null,
      },
      window,
    );
  }

  private countsOf(context: AgreementContext, compiled: CompiledTarget, day: Day): DayCounts | undefined {
    const days = this.counted.get(compiled) ?? new Map<Day, DayCounts | undefined>();
    this.counted.set(compiled, days);
    if (!days.has(day)) {
      const queues = this.facts.on(compiled.target.feed, day, context);
      const found = sumTargetDay(context, compiled, day, { queues, exclusions: this.claims.exclusions });
      days.set(day, isBlank(found) ? undefined : found);
    }
    return days.get(day);
  }
}
