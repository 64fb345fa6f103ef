import type { Agreement } from "../../../shared/agreement/agreement.ts";
import { parseLevel } from "../../../shared/agreement/level.ts";
import { formulasOf } from "../../../shared/metrics/formula.ts";
import { compareDecimal } from "../../../shared/stats/round.ts";
import type { Clause } from "./clause.ts";
import { clausesOf } from "./clauses-of.ts";

/** One clause that two versions do not have in common. */
export interface ClauseChange {
  readonly kind: "added" | "removed" | "changed";
  readonly clause: Clause;
  readonly before: string | null;
  readonly after: string | null;
  /** The level that moved, as both versions write it, and whether that is harder to reach. */
  readonly level: { readonly from: string; readonly to: string; readonly effect: "stricter" | "easier" | null } | null;
}

/** What changes from `a` to `b`, clause by clause in the order of `b`; what `b` lacks stands behind the rest of its part. */
export function diffAgreements(a: Agreement, b: Agreement): ClauseChange[] {
  const before = clausesOf(a);
  const after = clausesOf(b);
  const known = new Map(before.map((clause) => [clause.path, clause]));
  const kept = new Set(after.map(({ path }) => path));
  const changes = after.flatMap((clause): ClauseChange[] => {
    const old = known.get(clause.path);
    if (old === undefined) return [{ kind: "added", clause, before: null, after: clause.says, level: null }];
    if (old.says === clause.says) return [];
    return [{ kind: "changed", clause, before: old.says, after: clause.says, level: levelChange(a, b, old, clause) }];
  });
  for (const clause of before.filter(({ path }) => !kept.has(path))) {
    const change: ClauseChange = { kind: "removed", clause, before: clause.says, after: null, level: null };
    changes.splice(placeOf(changes, clause), 0, change);
  }
  return changes;
}

/** Behind the last change about the same thing, else behind those of the same heading, else where the heading would stand. */
function placeOf(changes: readonly ClauseChange[], { heading, about }: Clause): number {
  const sameThing = changes.findLastIndex((each) => each.clause.heading === heading && each.clause.about === about);
  if (sameThing >= 0) return sameThing + 1;
  return changes.findLastIndex((each) => each.clause.heading === heading) + 1 || changes.length;
}

function levelChange(a: Agreement, b: Agreement, old: Clause, clause: Clause): ClauseChange["level"] {
  if (old.level === null || clause.level === null || old.level === clause.level) return null;
  return { from: old.level, to: clause.level, effect: effectOf(a, b, clause.path) };
}

/** Only two plain levels of the same target, measure and side can be told apart as stricter and easier. */
function effectOf(a: Agreement, b: Agreement, path: string): "stricter" | "easier" | null {
  const id = /^targets\.([^.]+)\.expected$/u.exec(path)?.[1];
  const [old, now] = [a, b].map((agreement) => agreement.targets.find((target) => target.id === id));
  if (old === undefined || now === undefined || old.direction !== now.direction || now.direction === "within") return null;
  const { unit } = formulasOf(now.measure)[0];
  if (formulasOf(old.measure)[0].unit !== unit) return null;
  const [from, to] = [parseLevel(old.expected, unit), parseLevel(now.expected, unit)];
  if (from === null || to === null) return null;
  const side = compareDecimal(to, from);
  if (side === 0) return null;
  return side > 0 === (now.direction === "at-least") ? "stricter" : "easier";
}
