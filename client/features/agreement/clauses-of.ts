import type { Agreement } from "../../../shared/agreement/agreement.ts";
import { alertClauses } from "./alert-clauses.ts";
import { type Clause, HEADINGS } from "./clause.ts";
import { moneyClauses } from "./money-clauses.ts";
import { ruleClauses } from "./rule-clauses.ts";
import { targetClauses } from "./target-clauses.ts";
import { hourClauses, termClauses } from "./term-clauses.ts";

/** Everything an agreement says, clause by clause, in the order of the headings. */
export function clausesOf(agreement: Agreement): Clause[] {
  const all = [
    ...termClauses(agreement),
    ...hourClauses(agreement),
    ...targetClauses(agreement),
    ...moneyClauses(agreement),
    ...ruleClauses(agreement),
    ...alertClauses(agreement),
  ];
  return HEADINGS.flatMap((heading) => all.filter((clause) => clause.heading === heading));
}
