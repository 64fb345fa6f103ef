import { createAdwin } from "./adwin.ts";

/** A method under comparison: it follows scores and tells a change as soon as its statistic exceeds a threshold. */
export interface Chart {
  readonly name: string;
  /** Whether it knows no baseline but what it has seen itself. */
  readonly selfStarting?: true;
  start(): { take(score: number): number };
}

/** Two-sided tabular CUSUM (Page 1954). */
export function cusum(name: string, k: number): Chart {
  return {
    name,
    start: () => {
      let [up, down] = [0, 0];
      return {
        take: (score) => {
          up = Math.max(0, up + score - k);
          down = Math.max(0, down - score - k);
          return Math.max(up, down);
        },
      };
    },
  };
}

/** Two-sided EWMA in its asymptotic standard deviations (Roberts 1959; Lucas and Saccucci 1990). */
function ewma(name: string, lambda: number): Chart {
  const spread = Math.sqrt(lambda / (2 - lambda));
  return {
    name,
    start: () => {
      let mean = 0;
      return {
        take: (score) => {
          mean += lambda * (score - mean);
          return Math.abs(mean) / spread;
        },
      };
    },
  };
}

/** [how many, of how many, beyond how many standard deviations] on one side of the centre line. */
const RULES = [
  [1, 1, 3],
  [2, 3, 2],
  [4, 5, 1],
  [8, 8, 0],
] as const;

/** By how much a rule is exceeded on the upper side: the least of the `most` largest of the last scores, less the limit. */
function excess(last: readonly number[], [most, of, limit]: (typeof RULES)[number]): number {
  if (last.length < of) return -Infinity;
  const sorted = last.slice(-of).toSorted((a, b) => b - a);
  return (sorted[most - 1] ?? -Infinity) - limit;
}

/**
 * The four rules of the Western Electric handbook (1956). Their run length is 91.75 and cannot be set; here every limit, the centre
 * line of the last rule too, is moved outwards by the same distance, which is the statistic.
 */
const WESTERN_ELECTRIC: Chart = {
  name: "Western Electric",
  start: () => {
    let last: number[] = [];
    return {
      take: (score) => {
        last = [...last.slice(-7), score];
        const other = last.map((one) => -one);
        // 4 keeps it above 0, where thresholds begin.
        return 4 + Math.max(...RULES.map((rule) => Math.max(excess(last, rule), excess(other, rule))));
      },
    };
  },
};

/** Tolerance and forgetting as MOA and its successors ship them. */
const PAGE_HINKLEY_SETTINGS = { tolerance: 0.005, forgetting: 0.9999 };

/** The Page-Hinkley test in both directions against the running mean of all that it has seen (Page 1954; Hinkley 1971; as in MOA). */
const PAGE_HINKLEY: Chart = {
  name: "Page-Hinkley",
  selfStarting: true,
  start: () => {
    const { tolerance, forgetting } = PAGE_HINKLEY_SETTINGS;
    let [count, mean, up, down] = [0, 0, 0, 0];
    return {
      take: (score) => {
        count += 1;
        mean += (score - mean) / count;
        up = Math.max(0, forgetting * up + score - mean - tolerance);
        down = Math.max(0, forgetting * down + mean - score - tolerance);
        return Math.max(up, down);
      },
    };
  },
};

const SHEWHART: Chart = { name: "Shewhart", start: () => ({ take: (score) => Math.abs(score) }) };
/** Six standard deviations to either side become the range 0 to 1 that ADWIN asks for. */
const ADWIN: Chart = {
  name: "ADWIN",
  selfStarting: true,
  start: () => {
    const adwin = createAdwin();
    return { take: (score) => adwin.take(Math.min(1, Math.max(0, (score + 6) / 12))) };
  },
};

/** Those that ours is held against. */
export const CHARTS: readonly Chart[] = [
  SHEWHART,
  WESTERN_ELECTRIC,
  ewma("EWMA .1", 0.1),
  ewma("EWMA .2", 0.2),
  cusum("CUSUM .5", 0.5),
  ADWIN,
  PAGE_HINKLEY,
];
