import { type Calibration, calibrationOf, foretellYear, type Foretold, REGIMES, seededNumbers } from "./outlook-years.ts";
import { say, whole } from "./report.ts";

const YEARS = 120;
const SEED = 20_261_121;
const GOAL = 0.03;

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`.padStart(7);
}

function tell(name: string, { count, brier, baseBrier, reliabilityError }: Calibration): void {
  say(
    `  ${name.padEnd(14)} ${whole(count).padStart(7)} projections, Brier ${brier.toFixed(4)} (base rate ${baseBrier.toFixed(4)}), reliability error ${reliabilityError.toFixed(4)}`,
  );
}

/** Replays simulated years month by month and compares the foretold probability of a miss with what came. */
export async function outlookBench(): Promise<void> {
  say(`outlook: ${REGIMES.length} kinds of providers, ${YEARS} simulated years each, every month projected at five points, seed ${SEED}`);
  const random = seededNumbers(SEED);
  const all: Foretold[] = [];
  const startedAt = performance.now();
  for (const regime of REGIMES) {
    const own: Foretold[] = [];
    for (let year = 0; year < YEARS; year++) own.push(...foretellYear(regime, random));
    tell(regime.name, calibrationOf(own));
    all.push(...own);
    await Promise.resolve();
  }
  const overall = calibrationOf(all);
  tell("all", overall);
  say("  P(miss) foretold   mean    observed   projections");
  for (const { from, count, foretold, observed } of overall.buckets) {
    say(`  ${percent(from)} to ${percent(from + 0.1)} ${percent(foretold)}   ${percent(observed)}   ${whole(count).padStart(9)}`);
  }
  const each = (performance.now() - startedAt) / all.length;
  const verdict = overall.reliabilityError < GOAL ? "reached" : "MISSED";
  say(`  reliability error ${overall.reliabilityError.toFixed(4)} (goal below ${GOAL}: ${verdict}); ${each.toFixed(2)} ms a projection`);
}
