import { bankAlarm, type BankArm, type BankState, bankStep, emptyBank } from "../../../shared/drift/cusum-bank.ts";
import { normalScore } from "../../../shared/drift/learned-level.ts";

/**
 * The one configuration for all files and profiles. NAB asks for sudden oddities in series that wander, every five minutes; a frozen
 * baseline would tell of the wandering. So the level, its spread and a profile of half-hours follow the series slowly, and only the
 * detectors behind them are ours: scores with heavy tails, and a bank of CUSUMs.
 */
const SETTINGS = {
  /** How fast level and spread follow: memory of 200 rows, some 17 hours. */
  follow: 0.005,
  rowsOfDay: 288,
  halfHours: 48,
  /** How fast the profile follows, a day at a time. */
  followProfile: 0.2,
  /** A row moves what is usual by no more than so many standard deviations. */
  mostMove: 5,
  /** Degrees of freedom of the tails. */
  tail: 8,
  /** Rows before the first score. */
  learning: 30,
  /** Rows after an alarm in which nothing more is told: a little more than a day. */
  silence: 300,
} as const;

/** For jumps of 3 and of 6 standard deviations; that far apart because neighbouring rows are anything but independent. */
const ARMS: readonly BankArm[] = [
  { k: 1.5, h: 28 / 3 },
  { k: 3, h: 14 / 3 },
];

const LEAST_SPREAD = 1e-9;

/** A level that follows its series, with a profile of half-hours drawn towards none while few days are known. */
function createFollower(): { score(row: number, value: number): number } {
  const { follow, rowsOfDay, halfHours, followProfile, mostMove, tail, learning } = SETTINGS;
  const perSlot = rowsOfDay / halfHours;
  const profile = Array.from({ length: halfHours }, () => 0);
  const seen = Array.from({ length: halfHours }, () => 0);
  let [level, variance]: [number | null, number] = [null, 1e-6];
  return {
    score: (row, value) => {
      const slot = Math.floor((row % rowsOfDay) / perSlot);
      const [effect, count] = [profile[slot] ?? 0, seen[slot] ?? 0];
      level ??= value;
      const spread = Math.sqrt(variance) + LEAST_SPREAD;
      const days = count / perSlot;
      const residual = value - level - (days / (days + 1)) * effect;
      const bounded = (distance: number): number => Math.max(-mostMove * spread, Math.min(mostMove * spread, distance));
      const speed = Math.max(follow, 1 / (row + 2));
      const ofProfile = bounded(value - level - effect);
      // A half-hour that has a profile explains half of what is new.
      level += speed * bounded(residual) * (count > 0 ? 0.5 : 1);
      variance = Math.max(LEAST_SPREAD, variance + speed * ((row < 50 ? residual : bounded(residual)) ** 2 - variance));
      seen[slot] = count + 1;
      profile[slot] = effect + Math.max(followProfile / perSlot, 1 / (count + 2)) * ofProfile;
      return row < learning ? 0 : normalScore(residual / spread, tail);
    },
  };
}

/** Rows in which ours raises an alarm. */
export function ourAlarms(values: readonly number[]): number[] {
  const follower = createFollower();
  const alarms: number[] = [];
  let bank: BankState = emptyBank(ARMS);
  let silentUntil = 0;
  for (const [row, value] of values.entries()) {
    const score = follower.score(row, value);
    if (row < silentUntil) continue;
    bank = bankStep(bank, score, ARMS);
    if (bankAlarm(bank, ARMS) === null) continue;
    alarms.push(row);
    bank = emptyBank(ARMS);
    silentUntil = row + SETTINGS.silence;
  }
  return alarms;
}
