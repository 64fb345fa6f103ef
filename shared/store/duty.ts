import type { Agreement } from "../agreement/agreement.ts";
import type { AgreementContext } from "../agreement/context.ts";
import { type DutyPolicy, dutyPolicy } from "../alerts/duty-policy.ts";
import { afterOpenTime } from "../calendar/service-time.ts";

const made = new WeakMap<Agreement, DutyPolicy>();

/** What the version in force says of alerts; worked out once. */
export function dutyOf({ agreement, zone, hours }: Pick<AgreementContext, "agreement" | "zone" | "hours">): DutyPolicy {
  const known = made.get(agreement);
  if (known !== undefined) return known;
  const policy = dutyPolicy(agreement, (fromMs, ms) => afterOpenTime({ zone, hours }, fromMs, ms));
  made.set(agreement, policy);
  return policy;
}
