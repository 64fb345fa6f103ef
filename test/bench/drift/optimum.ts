import { twoSidedCusumRunLength } from "../../../shared/stats/cusum-run-length.ts";
import { type Chart, cusum } from "./charts.ts";

/** The best chart against one shift for whoever knows everything. */
export interface Optimum {
  readonly chart: Chart;
  /** Threshold for a run length, where `ideal` is exactly normal; else it is found by simulation. */
  readonly threshold: ((runLength: number) => number) | null;
  /** 1: it looks where the shift goes, with half of the false alarms. */
  readonly sides: 1 | 2;
}

function exactThreshold(k: number, runLength: number): number {
  let [low, high] = [0.01, 1];
  // From below: far above the threshold run lengths are too long to be computed.
  while (twoSidedCusumRunLength({ k, h: high }, 0) < runLength) [low, high] = [high, high + 1];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (twoSidedCusumRunLength({ k, h: middle }, 0) < runLength) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * A CUSUM to either side with k at half of the shift: of all charts at the same run length it has the shortest worst delay, per direction
 * (Moustakides 1986, Annals of Statistics 14:1379).
 *
 * @param worth of a shift by one standard deviation in `ideal`, which is exactly normal.
 */
export function tunedCusum(worth: number): (shift: number) => Optimum {
  return (shift) => {
    const k = (worth * shift) / 2;
    return { chart: cusum("optimum", k), threshold: (runLength) => exactThreshold(k, runLength), sides: 2 };
  };
}

/** The same upwards only, for scores that are skewed: of one threshold for both sides most false alarms would come from the longer tail. */
export function tunedUpwards(shift: number): Optimum {
  const start: Chart["start"] = () => {
    let sum = 0;
    return {
      take: (score) => {
        sum = Math.max(0, sum + score - shift / 2);
        return sum;
      },
    };
  };
  return { chart: { name: "optimum", start }, threshold: null, sides: 1 };
}

/** The CUSUM to either side of the log-likelihood ratios of a day's events: Bernoulli trials read at the end of each day. */
export function tunedBinomial(
  { n, was, up, down }: { n: number; was: number; up: number; down: number },
  eventsOf: (score: number) => number,
): Optimum {
  const ratioTo = (is: number) => (score: number) => {
    const events = eventsOf(score);
    return events * Math.log(is / was) + (n - events) * Math.log((1 - is) / (1 - was));
  };
  const [toUp, toDown] = [ratioTo(up), ratioTo(down)];
  const chart: Chart = {
    name: "optimum",
    start: () => {
      let [rise, fall] = [0, 0];
      return {
        take: (score) => {
          rise = Math.max(0, rise + toUp(score));
          fall = Math.max(0, fall + toDown(score));
          return Math.max(rise, fall);
        },
      };
    },
  };
  return { chart, threshold: null, sides: 2 };
}
