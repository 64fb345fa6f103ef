import type { Day } from "../calendar/day.ts";
import { addDays } from "../calendar/day.ts";
import type { FeedDefinition } from "../feeds/definition.ts";
import type { Agreement } from "./agreement.ts";
import { type AgreementContext, buildContext } from "./context.ts";
import { layoutsOf } from "./layouts.ts";
import type { Term } from "./window-calendar.ts";
import { isInTerm } from "./windows.ts";

/** All versions of an agreement, each with the days it governs. */
export interface AgreementHistory {
  /** By term; a version whose term a later one took whole is left out. */
  readonly versions: readonly AgreementContext[];
  contextOn(day: Day): AgreementContext | undefined;
  /** The version of the highest number. */
  readonly latest: AgreementContext;
}

export interface VersionDocument {
  readonly agreement: Agreement;
  readonly feeds: readonly FeedDefinition[];
}

/** A version governs until its own end, or the day before any later version begins. */
function termOf(agreement: Agreement, later: readonly Agreement[]): Term {
  const ends = later.map(({ effectiveFrom }) => addDays(effectiveFrom, -1));
  if (agreement.effectiveTo !== undefined) ends.push(agreement.effectiveTo);
  return { from: agreement.effectiveFrom, to: ends.toSorted()[0] ?? null };
}

/**
 * Compiles every version with the feeds of the newest document and layouts that all versions share.
 *
 * @throws RangeError without a document, for an unknown zone or a level that does not fit.
 */
export function createHistory(documents: readonly VersionDocument[]): AgreementHistory {
  const sorted = documents.toSorted((a, b) => a.agreement.version - b.agreement.version);
  const agreements = sorted.map(({ agreement }) => agreement);
  const feeds = sorted.at(-1)?.feeds ?? [];
  const layouts = layoutsOf(agreements, feeds);
  const contexts = agreements.map((agreement, i) =>
    buildContext({ agreement, feeds, term: termOf(agreement, agreements.slice(i + 1)), layouts }),
  );
  const latest = contexts.at(-1);
  if (latest === undefined) throw new RangeError("an agreement has at least one version");
  const versions = contexts
    .filter(({ term }) => term.to === null || term.from <= term.to)
    .toSorted((a, b) => (a.term.from < b.term.from ? -1 : 1));
  return { versions, latest, contextOn: (day) => versions.find(({ term }) => isInTerm(term, day)) };
}
