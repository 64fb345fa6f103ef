import { normalCdf } from "../../../shared/stats/normal.ts";

/** The window moves on by a hundred values at a time once it is full. */
const [WINDOW, STEP] = [6400, 100];
/** NAB keeps twelve digits of a score: one less a probability is 1 up to here, and 1 is the threshold for this detector. */
const NOTHING_LEFT = 5e-13;

/** Mean and variance of a window that values enter and leave (Welford 1962). */
function createWindow(): { add(value: number): void; remove(value: number): void; mean(): number; spread(): number } {
  let [count, mean, squares] = [0, 0, 0];
  return {
    add: (value) => {
      const before = value - mean;
      count += 1;
      mean += before / count;
      squares += before * (value - mean);
    },
    remove: (value) => {
      const before = value - mean;
      count -= 1;
      mean -= before / count;
      squares -= before * (value - mean);
    },
    mean: () => mean,
    spread: () => Math.sqrt(Math.max(0, squares) / count),
  };
}

/**
 * NAB's detector `windowedGaussian` with its published threshold of 1: the last 6,400 values as a normal distribution, an alarm where
 * the tail beyond a value is nothing in twelve digits (7.1 standard deviations). Ported to check the scoring against published scores.
 *
 * @returns rows with an alarm.
 */
export function windowedGaussian(values: readonly number[]): number[] {
  const window = createWindow();
  const alarms: number[] = [];
  for (const [row, value] of values.entries()) {
    const spread = row === 0 ? 1 : window.spread();
    const z = Math.abs(value - window.mean()) / (spread === 0 ? 0.000001 : spread);
    if (row > 0 && normalCdf(-z) < NOTHING_LEFT) alarms.push(row);
    if (row < WINDOW) window.add(value);
    else if ((row - WINDOW + 1) % STEP === 0) {
      for (let at = row - STEP + 1; at <= row; at++) {
        window.add(values[at] ?? 0);
        window.remove(values[at - WINDOW] ?? 0);
      }
    }
  }
  return alarms;
}
