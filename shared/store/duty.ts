import type { Agreement } from "../agreement/agreement.ts";
import { type DutyPolicy, dutyPolicy } from "../alerts/duty-policy.ts";
import { afterOpenTime } from "../calendar/service-time.ts";
import type { StoredAgreement } from "./agreements.ts";

const made = new WeakMap<Agreement, { readonly of: string; readonly policy: DutyPolicy }>();

/** What the version in force says of alerts, among the people who are there; worked out once. */
export function dutyOf({ agreement, zone, hours, vacant }: Pick<StoredAgreement, "agreement" | "zone" | "hours" | "vacant">): DutyPolicy {
  const known = made.get(agreement);
  const of = vacant.join();
  if (known?.of === of) return known.policy;
  const { version, alerts } = agreement;
  const policy = dutyPolicy({ version, alerts, vacant }, (fromMs, ms) => afterOpenTime({ zone, hours }, fromMs, ms));
  made.set(agreement, { of, policy });
  return policy;
}
