import type { Redis } from "ioredis";
import type { z } from "zod";
import type { Agreement, Target } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import { addDays } from "../../shared/calendar/day.ts";
import { describeMeasure } from "../../shared/metrics/describe.ts";
import type { Measure } from "../../shared/metrics/measure.ts";
import { variantsOf } from "../../shared/metrics/variants.ts";
import type { VariantRow, Variants, WindowQuery } from "../../shared/protocol/compare.ts";
import { AppError } from "../../shared/protocol/errors.ts";
import { creditOfVerdicts } from "../../shared/settlement/credit-of-verdicts.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { replay } from "./replay.ts";

const MOST_DAYS = 400;
/** The longest window that may begin on the last day asked for. */
const LONGEST_WINDOW_DAYS = 92;

interface VariantQuery {
  readonly redis: Redis;
  readonly stored: StoredAgreement;
  /** As a verdict names it: with its member, where the target has some. */
  readonly targetId: string;
  readonly query: z.output<typeof WindowQuery>;
  readonly nowMs: number;
}

/** The ids of the copies of a target, one per variant; `~` stands in no id of an agreement. */
function copyId(id: string, at: number): string {
  return `${id}~${at}`;
}

/** Every copy that a claim on a target, or on a member of it, is about. */
function namesOfCopies(id: string, base: string, count: number): string[] {
  if (id !== base && !id.startsWith(`${base}@`)) return [id];
  return Array.from({ length: count }, (_, at) => `${copyId(base, at)}${id.slice(base.length)}`);
}

function copies(target: Target, measures: readonly Measure[], kind: Target["windows"][number]): Target[] {
  return measures.map((measure, at) => ({ ...target, id: copyId(target.id, at), measure, windows: [kind] }));
}

function withVariants(agreement: Agreement, targetId: string, measures: readonly Measure[], kind: Target["windows"][number]): Agreement {
  const target = agreement.targets.find(({ id }) => id === targetId);
  return { ...agreement, targets: target === undefined ? agreement.targets : copies(target, measures, kind) };
}

function refuseLong({ from, to }: { from: string; to: string }): void {
  if (from <= to && addDays(from, MOST_DAYS) >= to) return;
  throw new AppError(
    "bad-request",
    `The days from ${from} to ${to} are not a span of at most ${MOST_DAYS} days.`,
    "Ask for a shorter span.",
  );
}

/**
 * The same windows under every variant of a target's measure, each version of the agreement in its own term, and what they
 * would cost. `null` when there is no such target.
 */
export async function compareVariants({ redis, stored, targetId, query, nowMs }: VariantQuery): Promise<Variants | null> {
  const compiled = stored.history.versions.flatMap(({ targets }) => targets).findLast(({ target }) => target.id === targetId);
  if (compiled === undefined) return null;
  refuseLong(query);
  const { base, member, target } = compiled;
  const measures = variantsOf(target.measure);
  const documents = stored.history.versions.map(({ agreement, feeds }) => ({
    agreement: withVariants(agreement, base, measures, query.kind),
    feeds,
  }));
  const span = { from: query.from, to: addDays(query.to, LONGEST_WINDOW_DAYS), nowMs };
  const namesOf = (id: string): string[] => namesOfCopies(id, base, measures.length);
  const { history, verdicts } = await replay({ redis, documents, ...span, namesOf });
  const agreed = JSON.stringify(target.measure);
  const rows = measures.map((measure, at): VariantRow => {
    const id = member === null ? copyId(base, at) : `${copyId(base, at)}@${member}`;
    const found = history.versions.flatMap(({ targets }) => targets).findLast((one) => one.target.id === id);
    const inSpan = ({ window }: Verdict): boolean => window.start >= query.from && window.start <= query.to;
    const own = verdicts.filter((verdict) => verdict.targetId === id && inSpan(verdict)).map((verdict) => ({ ...verdict, targetId }));
    return {
      variant: describeMeasure(measure).variant,
      says: found?.formula.says ?? "",
      agreed: JSON.stringify(measure) === agreed,
      lacks: found?.lacks ?? null,
      verdicts: found?.lacks === null ? own : [],
      credit: found?.lacks === null ? creditOfVerdicts(stored.history.latest, own) : null,
    };
  });
  return { targetId, currency: stored.agreement.fees?.currency ?? null, rows };
}
