/** One pair of CUSUMs: an allowance `k` and a threshold `h`, both in standard deviations of a subgroup. */
export interface BankArm {
  readonly k: number;
  readonly h: number;
}

/** Where one pair stands: its two sums, and for how many subgroups each has been above nothing. */
interface ArmSums {
  readonly up: number;
  readonly down: number;
  readonly upFor: number;
  readonly downFor: number;
}

/** Where a bank stands, one entry per arm in the order of the arms. Plain data: a snapshot of it is its JSON. */
export type BankState = readonly ArmSums[];

/** What the arm that crossed first says of the shift. */
export interface BankAlarm {
  readonly direction: "up" | "down";
  /** Mean of the subgroups since the sum last stood at nothing, in standard deviations; above 0 whichever the direction. */
  readonly shift: number;
  /** How many those are. */
  readonly days: number;
}

const NOTHING: ArmSums = { up: 0, down: 0, upFor: 0, downFor: 0 };

/** A bank that has seen nothing. */
export function emptyBank(arms: readonly BankArm[]): BankState {
  return arms.map(() => NOTHING);
}

function armStep({ up, down, upFor, downFor }: ArmSums, z: number, k: number): ArmSums {
  const higher = Math.max(0, up + z - k);
  const lower = Math.max(0, down - z - k);
  return { up: higher, down: lower, upFor: higher > 0 ? upFor + 1 : 0, downFor: lower > 0 ? downFor + 1 : 0 };
}

/**
 * Folds one subgroup into a bank of two-sided CUSUMs (Page 1954, Biometrika 41:100), which together see shifts of any usual size.
 *
 * @param z the subgroup's distance from what is expected, in standard deviations; independent of the one before.
 */
export function bankStep(state: BankState, z: number, arms: readonly BankArm[]): BankState {
  return arms.map(({ k }, i) => armStep(state[i] ?? NOTHING, z, k));
}

/**
 * Whether any sum has reached its threshold; of several, the one that is furthest beyond it.
 *
 * @returns null while none has. Example: h = 4.77, k = 0.5 and z = 2 each time: crossed at the fourth (4 x 1.5 = 6), shift 2.
 */
export function bankAlarm(state: BankState, arms: readonly BankArm[]): BankAlarm | null {
  let [alarm, most]: [BankAlarm | null, number] = [null, 1];
  for (const [i, { k, h }] of arms.entries()) {
    const { up, down, upFor, downFor } = state[i] ?? NOTHING;
    if (up / h >= most) [alarm, most] = [{ direction: "up", shift: k + up / upFor, days: upFor }, up / h];
    if (down / h >= most) [alarm, most] = [{ direction: "down", shift: k + down / downFor, days: downFor }, down / h];
  }
  return alarm;
}
