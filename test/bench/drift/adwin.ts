/** Buckets of one size before the two oldest of them become one of twice the size. */
const EQUAL_BUCKETS = 5;
const FEWEST_VALUES = 10;

/** A run of values: their sum, and their squared deviations from their mean. */
interface Bucket {
  sum: number;
  deviations: number;
}

interface Totals extends Bucket {
  count: number;
}

function add(totals: Totals, count: number, { sum, deviations }: Bucket): void {
  const apart = totals.count === 0 ? 0 : totals.sum / totals.count - sum / count;
  totals.deviations += deviations + (apart * apart * totals.count * count) / (totals.count + count);
  totals.count += count;
  totals.sum += sum;
}

/** `rows[e]` are the buckets of 2^e values, the newest last. */
function take(rows: Bucket[][], value: number): void {
  rows[0]?.push({ sum: value, deviations: 0 });
  for (let e = 0, size = 1; (rows[e]?.length ?? 0) > EQUAL_BUCKETS; e++, size *= 2) {
    const [oldest, next] = rows[e]?.splice(0, 2) ?? [];
    if (oldest === undefined || next === undefined) return;
    const both = { count: size, ...oldest };
    add(both, size, next);
    const larger = (rows[e + 1] ??= []);
    larger.push({ sum: both.sum, deviations: both.deviations });
  }
}

/**
 * The statistic of ADWIN2 (Bifet and Gavalda 2007, SIAM International Conference on Data Mining): a window of the newest values,
 * cut at every border of its buckets into two; the two means differ when
 * |m0 - m1| > sqrt(2/m v ln(2/d')) + 2/(3m) ln(2/d'), d' = d / ln n, m the harmonic mean of the lengths, v the variance.
 * Solved for ln(2/d), so that one pass serves every d: the change is told when the largest over the cuts exceeds ln(2/d).
 */
export function createAdwin(): { take(value: number): number } {
  const rows: Bucket[][] = [[]];
  return {
    take: (value) => {
      take(rows, value);
      const all: Totals = { count: 0, sum: 0, deviations: 0 };
      for (const [e, row] of rows.entries()) for (const bucket of row) add(all, 2 ** e, bucket);
      if (all.count < FEWEST_VALUES) return 0;
      const variance = all.deviations / all.count;
      let [count, sum, most] = [0, 0, 0];
      for (const [e, row] of rows.entries()) {
        for (let at = row.length - 1; at >= 0; at--) {
          count += 2 ** e;
          sum += row[at]?.sum ?? 0;
          const older = all.count - count;
          if (older === 0) break;
          const apart = Math.abs(sum / count - (all.sum - sum) / older);
          const [a, b] = [(2 / 3) * (1 / count + 1 / older), Math.sqrt(2 * (1 / count + 1 / older) * variance)];
          const root = (-b + Math.sqrt(b * b + 4 * a * apart)) / (2 * a);
          most = Math.max(most, root * root);
        }
      }
      return Math.max(0, most - Math.log(Math.log(all.count)));
    },
  };
}
