import type { Agreement, Target } from "../agreement.ts";
import { expandTarget } from "../members.ts";

/** The targets a money clause may name: each target, and each member of one with `each` as `<target>@<member>`. */
export function targetRefs(agreement: Agreement): Map<string, Target> {
  const refs = new Map<string, Target>();
  for (const target of agreement.targets) {
    refs.set(target.id, target);
    for (const { member, ...own } of expandTarget(agreement, target)) if (member !== null) refs.set(own.target.id, target);
  }
  return refs;
}
