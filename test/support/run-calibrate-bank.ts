import { cusumThreshold } from "../../shared/stats/cusum-threshold.ts";
import { randomStream } from "../../shared/stats/random.ts";
import { drawNormal } from "../../shared/stats/random-draws.ts";
import { solveLinear } from "../../shared/stats/solve-linear.ts";

/*
 * Works out shared/drift/bank-table.ts: `node test/support/run-calibrate-bank.ts 60000` (minutes; fewer paths for a look).
 * One simulated path serves all levels: its sums are compared with the next level's thresholds until the highest is crossed.
 * A level is a run length A: arm i has the threshold at which it alone, on one side, would run A times its share.
 */

interface Family {
  readonly name: string;
  readonly k: readonly number[];
  readonly shares: readonly number[];
  /** Run lengths of the table. */
  readonly upTo: number;
  /** Highest level simulated; beyond it the last slope goes on until Bonferroni's bound. */
  readonly highestLevel: number;
}

const FAMILIES: readonly Family[] = [
  { name: "THREE_ARMS", k: [0.25, 0.5, 1], shares: [1, 1, 1], upTo: 1_000, highestLevel: 6_000 },
  { name: "FOUR_ARMS", k: [0.125, 0.25, 0.5, 1], shares: [3, 1, 1.2, 1], upTo: 1e8, highestLevel: 150_000 },
];
const LEVEL_STEP = 1.5;

/** One pair of sums and the threshold of the level that is to be crossed next. */
interface Arm {
  readonly k: number;
  readonly ladder: readonly number[];
  h: number;
  up: number;
  down: number;
}

function levelsOf({ highestLevel }: Family): number[] {
  const levels: number[] = [];
  for (let level = 10; level < highestLevel; level *= LEVEL_STEP) levels.push(level);
  return levels;
}

/** Folds one score in and says whether a sum has crossed. */
function crossedBy(arms: readonly Arm[], z: number): boolean {
  let crossed = false;
  for (const arm of arms) {
    const up = arm.up + z - arm.k;
    const down = arm.down - z - arm.k;
    arm.up = up > 0 ? up : 0;
    arm.down = down > 0 ? down : 0;
    if (up > arm.h || down > arm.h) crossed = true;
  }
  return crossed;
}

/** Puts every arm at the level's threshold and says whether one stands above it already. */
function climbed(arms: readonly Arm[], level: number): boolean {
  for (const arm of arms) arm.h = arm.ladder[level] ?? Infinity;
  return !arms.some(({ up, down, h }) => up > h || down > h);
}

/** Mean crossing time of each level while nothing moves, as logarithms: x is the run length's, y that of level / (2 x run length). */
function simulate(family: Family, paths: number): { readonly x: number; readonly y: number }[] {
  const levels = levelsOf(family);
  const ladders = family.k.map((k, i) => levels.map((level) => cusumThreshold(k, level * (family.shares[i] ?? 1))));
  const sums = levels.map(() => 0);
  const stream = randomStream(`bank ${family.name}`);
  for (let path = 0; path < paths; path++) {
    const arms = family.k.map((k, i) => ({ k, ladder: ladders[i] ?? [], h: ladders[i]?.[0] ?? 0, up: 0, down: 0 }));
    let time = 0;
    for (let level = 0; level < levels.length;) {
      for (time++; !crossedBy(arms, drawNormal(stream)); time++);
      do sums[level] = (sums[level] ?? 0) + time;
      while (!climbed(arms, ++level));
    }
  }
  return levels.map((level, i) => ({ x: Math.log((sums[i] ?? 0) / paths), y: Math.log((level * paths) / (2 * (sums[i] ?? 0))) }));
}

/** Least squares polynomial of the fourth degree through the points. */
function quartic(points: readonly { readonly x: number; readonly y: number }[]): Float64Array {
  const powers = [0, 1, 2, 3, 4];
  const rows = powers.map((a) => Float64Array.from(powers, (b) => points.reduce((sum, { x }) => sum + x ** (a + b), 0)));
  return solveLinear(
    rows,
    Float64Array.from(powers, (a) => points.reduce((sum, { x, y }) => sum + y * x ** a, 0)),
  );
}

function table(family: Family, paths: number): string[] {
  const points = simulate(family, paths);
  const fit = quartic(points);
  const last = Math.log(family.highestLevel / 6);
  const at = (x: number): number => fit.reduce((sum, factor, power) => sum + factor * x ** power, 0);
  const bound = Math.log(family.shares.reduce((sum, share) => sum + 1 / share, 0));
  const slope = (at(last) - at(last - 1)) / 1;
  const lines = [];
  for (let quarter = 3; 10 ** (quarter / 4) <= family.upTo * 1.0001; quarter++) {
    const runLength = 10 ** (quarter / 4);
    const x = Math.log(runLength);
    const level = 2 * runLength * Math.exp(Math.min(bound, x < last ? at(x) : at(last) + slope * (x - last)));
    const h = family.k.map((arm, i) => cusumThreshold(arm, level * (family.shares[i] ?? 1)).toFixed(4));
    lines.push(`  [${h.join(", ")}],`);
  }
  const worst = Math.max(...points.map(({ x, y }) => Math.abs(at(x) - y)));
  console.error(`${family.name}: the fit misses the simulated run lengths by ${(100 * worst).toFixed(2)} % at most`);
  return [`const ${family.name} = [`, ...lines, "] as const;"];
}

const paths = Number(process.argv[2] ?? 2_000);
for (const family of FAMILIES) console.log(table(family, paths).join("\n"));
