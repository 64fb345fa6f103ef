import type { OpenHours } from "../calendar/open-hours.ts";
import { createZone, type Zone } from "../calendar/zone.ts";
import type { Layout } from "../feeds/canonical.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Agreement } from "./agreement.ts";
import { type CompiledTarget, compileTargets } from "./compiled.ts";
import { layoutsOf } from "./layouts.ts";
import { compileAgreementHours } from "./scope.ts";
import { type CompiledBand, compileBand } from "./volume-band.ts";
import { volumeTarget } from "./volume-target.ts";
import { createWindowCalendar, type Term, type WindowCalendar } from "./window-calendar.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** An agreement version with its feeds, made ready once for counting and evaluating. */
export interface AgreementContext {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
  readonly zone: Zone;
  /** When this version governs: from its first day until its end or the day before a later version's first. */
  readonly term: Term;
  /** The agreement's own hours, without those of programs. */
  readonly hours: OpenHours;
  readonly calendar: WindowCalendar;
  /** Targets as they are judged: one per member where a target has some. */
  readonly targets: readonly CompiledTarget[];
  /** The hidden target that counts the volume, where a band around the forecast is agreed. */
  readonly volume: CompiledTarget | null;
  /** The limits of that band. */
  readonly band: CompiledBand | null;
  /** How the intervals of each feed are laid out in the store. */
  readonly layouts: ReadonlyMap<string, Layout>;
  feed(id: string): FeedDefinition | undefined;
  layout(feedId: string): Layout;
  /** Length of a feed's stored intervals; a day for daily feeds. */
  intervalMs(feedId: string): number;
}

const LONGEST_MONTH_MS = 31 * DAY_MS;
const NOTHING: Layout = { counters: [], claims: [] };

export interface ContextParts {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
  readonly term: Term;
  readonly layouts: ReadonlyMap<string, Layout>;
}

/** @throws RangeError for an unknown zone or a level that does not fit; `checkAgreement` reports both beforehand. */
export function buildContext({ agreement, feeds, term, layouts }: ContextParts): AgreementContext {
  const zone = createZone(agreement.timeZone);
  const hours = compileAgreementHours(zone, agreement);
  const byId = new Map(feeds.map((feed) => [feed.id, feed]));
  return {
    agreement,
    feeds,
    zone,
    term,
    hours: hours.own,
    calendar: createWindowCalendar({ zone, term, weekStart: agreement.weekStart }),
    targets: compileTargets(agreement, feeds, hours),
    volume: agreement.volume === undefined ? null : volumeTarget({ agreement, band: agreement.volume, feeds, hours }),
    band: agreement.volume === undefined ? null : compileBand(agreement.volume),
    layouts,
    feed: (id) => byId.get(id),
    layout: (id) => layouts.get(id) ?? NOTHING,
    intervalMs: (id) => {
      const found = byId.get(id);
      if (found === undefined || !("counters" in found)) return agreement.intervalMinutes * MINUTE_MS;
      if (found.kind === "monthly") return LONGEST_MONTH_MS;
      const minutes = found.kind === "daily" ? undefined : found.intervalMinutes;
      return minutes === undefined ? DAY_MS : minutes * MINUTE_MS;
    },
  };
}

/**
 * The context of an agreement that has a single version.
 *
 * @throws RangeError for an unknown zone or a level that does not fit; `checkAgreement` reports both beforehand.
 */
export function createContext(agreement: Agreement, feeds: readonly FeedDefinition[]): AgreementContext {
  const term = { from: agreement.effectiveFrom, to: agreement.effectiveTo ?? null };
  return buildContext({ agreement, feeds, term, layouts: layoutsOf([agreement], feeds) });
}
