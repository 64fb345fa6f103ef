import type { CompiledTarget } from "../../shared/agreement/compiled.ts";
import type { AgreementContext } from "../../shared/agreement/context.ts";
import { type Verdict, type VerdictWindow, verdictKey } from "../../shared/agreement/verdict.ts";
import { hoursOf } from "../../shared/agreement/scope.ts";
import { daysNeeded, isInTerm, windowsTouched } from "../../shared/agreement/windows.ts";
import { addDays } from "../../shared/calendar/day.ts";
import { HISTORY_DAYS, historyDaysOf } from "../../shared/outlook/known-days.ts";
import { sameFigureOn } from "../../shared/outlook/same-figure.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import type { Counted, Need } from "./day-counts-source.ts";

/** What made an evaluation necessary. */
export interface Occasion {
  readonly stored: StoredAgreement;
  readonly nowMs: number;
  /** Local days whose counts changed, by feed. */
  readonly dirty: ReadonlyMap<string, ReadonlySet<string>>;
  /** Queues whose rows changed, by feed and day, `<feed>|<day>`; of a day that is not named every queue's may have. */
  readonly queues: ReadonlyMap<string, ReadonlySet<string>>;
  /** Local days to look at again although no count changed: gaps, a window that closed, a feed that fell silent. */
  readonly revisit: ReadonlySet<string>;
  /** Published verdicts whose windows must be judged again, whatever days they have. */
  readonly stale: readonly Verdict[];
  /** Last local day of which any row spoke, those that are dirty now included. */
  readonly lastDay: string | null;
}

/** One target of one version with the windows it must be evaluated in. */
export interface Plan extends Counted {
  readonly changedDays: readonly string[];
  /** Whether rows came for its feed, and none of them for a queue that it counts. */
  readonly isSpared: boolean;
  readonly windows: readonly VerdictWindow[];
  /** On whose counts, and on whose volume, the windows and their outlooks depend. */
  readonly needs: readonly Need[];
  /** Whose counts speak about a day: those of the version that governs it, where it measures the same. */
  readonly compiledOn: (day: string) => CompiledTarget | undefined;
}

const knownFigures = new WeakMap<CompiledTarget, Plan["compiledOn"]>();

/** Worked out once for each target of each version. */
function compiledOn({ stored }: Occasion, compiled: CompiledTarget): Plan["compiledOn"] {
  const known = knownFigures.get(compiled);
  if (known !== undefined) return known;
  const found = sameFigureOn(stored.history, compiled);
  knownFigures.set(compiled, found);
  return found;
}

/** A window that is still open and longer than a day has an outlook. */
function hasOutlook({ open, kind }: VerdictWindow): boolean {
  return open && kind !== "day";
}

/** Open windows with data that do not contain a changed day but learn from it. */
function learning({ nowMs, lastDay }: Occasion, { context, compiled }: Counted, changed: readonly string[]): VerdictWindow[] {
  if (lastDay === null || changed.length === 0 || !isInTerm(context.term, lastDay)) return [];
  const latest = changed.reduce((a, b) => (a > b ? a : b));
  return windowsTouched(context, compiled, [lastDay], nowMs).filter(
    (window) => hasOutlook(window) && window.start <= lastDay && latest >= addDays(window.start, -HISTORY_DAYS),
  );
}

function dirtyVolumes({ stored, dirty }: Occasion): Set<string> {
  return new Set(stored.history.versions.flatMap(({ volume }) => [...(volume === null ? [] : (dirty.get(volume.target.feed) ?? []))]));
}

/** Windows of this target that another version judged before. */
function takenOver({ stale, nowMs }: Occasion, { context, compiled }: Counted): VerdictWindow[] {
  return stale
    .filter(({ targetId }) => targetId === compiled.target.id)
    .flatMap(({ window: before }) =>
      windowsTouched(context, compiled, [before.start], nowMs).filter(({ kind, start }) => kind === before.kind && start === before.start),
    );
}

function windowsOf(occasion: Occasion, counted: Counted, volumes: ReadonlySet<string>): VerdictWindow[] {
  const { dirty, revisit, nowMs } = occasion;
  const { context, compiled } = counted;
  const changed = [...(dirty.get(compiled.target.feed) ?? []), ...volumes];
  const touched = windowsTouched(context, compiled, new Set([...changed, ...revisit]), nowMs);
  const others = [...learning(occasion, counted, changed), ...takenOver(occasion, counted)];
  const named = new Map([...others, ...touched].map((window) => [verdictKey("", window), window]));
  return [...named.values()].toSorted((a, b) => a.fromMs - b.fromMs || a.toMs - b.toMs);
}

/** The days of each version that the windows of a target depend on. */
function needsFor({ stored }: Occasion, counted: Counted, { windows, compiledOn: sameOn }: Pick<Plan, "windows" | "compiledOn">): Need[] {
  const needed = windows.map((window) => daysNeeded(counted.context, counted.compiled, window));
  const learnt = windows.filter(hasOutlook).flatMap((window) => historyDaysOf(window.start));
  const days = new Set([...needed.flatMap(({ counts }) => counts), ...learnt]);
  const contextOf = (day: string): AgreementContext | undefined => stored.history.contextOn(day);
  const own = [...Map.groupBy(days, contextOf)].map(([context, some]) => ({ context, compiled: sameOn(some[0] ?? ""), days: some }));
  const volume = [...Map.groupBy(days.union(new Set(needed.flatMap((each) => each.volume))), contextOf)].map(([context, some]) => ({
    context,
    compiled: context?.volume ?? undefined,
    days: some,
  }));
  return [...own, ...volume].flatMap(({ context, compiled, days: some }) =>
    context === undefined || compiled === undefined ? [] : [{ context, compiled, days: some }],
  );
}

/** The latest needs of each target: from midnight to midnight the same windows are touched again and again. */
const knownNeeds = new WeakMap<CompiledTarget, { readonly windows: string; readonly needs: Need[] }>();

function needsOf(occasion: Occasion, counted: Counted, plan: Pick<Plan, "windows" | "compiledOn">): Need[] {
  const windows = plan.windows.map(({ kind, start, toMs, open }) => `${kind}.${start}.${toMs}.${open}`).join();
  const known = knownNeeds.get(counted.compiled);
  if (known?.windows === windows) return known.needs;
  const needs = needsFor(occasion, counted, plan);
  knownNeeds.set(counted.compiled, { windows, needs });
  return needs;
}

/** Whether rows that a target counts came for a day. */
function concerns({ queues }: Occasion, { scope, target }: CompiledTarget, day: string): boolean {
  const touched = queues.get(`${target.feed}|${day}`);
  return touched === undefined || [...touched].some((queue) => hoursOf(scope, queue) !== null);
}

function planOf(occasion: Occasion, counted: Counted, volumes: ReadonlySet<string>): Plan {
  const { context, compiled } = counted;
  const dirty = [...(occasion.dirty.get(compiled.target.feed) ?? [])];
  const concerning = dirty.filter((day) => concerns(occasion, compiled, day));
  const changedDays = concerning.filter((day) => isInTerm(context.term, day));
  const plan = { windows: windowsOf(occasion, counted, volumes), compiledOn: compiledOn(occasion, compiled) };
  return {
    ...counted,
    ...plan,
    changedDays,
    isSpared: dirty.length > 0 && concerning.length === 0,
    needs: needsOf(occasion, counted, plan),
  };
}

/** Every target of every version, and what of it an occasion touches. */
export function plansOf(occasion: Occasion): Plan[] {
  const volumes = dirtyVolumes(occasion);
  return occasion.stored.history.versions.flatMap((context) =>
    context.targets.map((compiled) => planOf(occasion, { context, compiled }, volumes)),
  );
}

/** The hidden targets that count the volume, and their days that changed. */
export function volumesOf({ stored, dirty }: Occasion): (Counted & { readonly changedDays: readonly string[] })[] {
  return stored.history.versions.flatMap((context) => {
    const compiled = context.volume;
    if (compiled === null) return [];
    return [{ context, compiled, changedDays: [...(dirty.get(compiled.target.feed) ?? [])].filter((day) => isInTerm(context.term, day)) }];
  });
}
