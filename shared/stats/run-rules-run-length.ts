import { expectedSteps } from "./expected-steps.ts";
import { normalCdf } from "./normal.ts";

/**
 * The Western Electric rules: 1 = a point beyond 3 standard deviations; 2 = two of three in a row beyond 2 on one side;
 * 3 = four of five beyond 1 on one side; 4 = eight in a row on one side.
 */
export type RunRule = 1 | 2 | 3 | 4;

/** What the rules remember of one side: the last two points beyond 2, the last four beyond 1 (newest first, as bits), and how many in a row. */
interface Side {
  readonly far: number;
  readonly middle: number;
  readonly inRow: number;
}

const FRESH: Side = { far: 0, middle: 0, inRow: 0 };
/** Zones of one side by their inner edge. */
const EDGES = [0, 1, 2, 3] as const;

function bits(mask: number): number {
  let count = 0;
  for (let left = mask; left > 0; left >>= 1) count += left & 1;
  return count;
}

/** What a side remembers after a point whose size on this side lies beyond `zone` (-1: the other side), or null for an alarm. */
function remembered({ far, middle, inRow }: Side, zone: number, rules: ReadonlySet<RunRule>): Side | null {
  const next = {
    far: rules.has(2) ? (far << 1) | Number(zone >= 2) : 0,
    middle: rules.has(3) ? (middle << 1) | Number(zone >= 1) : 0,
    inRow: rules.has(4) && zone >= 0 ? inRow + 1 : 0,
  };
  if (rules.has(1) && zone >= 3) return null;
  if (bits(next.far) >= 2 || bits(next.middle) >= 4 || next.inRow >= 8) return null;
  return { far: next.far & 0b11, middle: next.middle & 0b1111, inRow: next.inRow };
}

/** The eight zones of a point with their probabilities. */
function zones(shift: number): { readonly up: number; readonly down: number; readonly probability: number }[] {
  return EDGES.flatMap((edge) => {
    const end = edge === 3 ? Infinity : edge + 1;
    return [
      { up: edge, down: -1, probability: normalCdf(shift - edge) - normalCdf(shift - end) },
      { up: -1, down: edge, probability: normalCdf(-shift - edge) - normalCdf(-shift - end) },
    ];
  });
}

/** Every state that can be reached without an alarm, and the moves between them. */
function chain(rules: ReadonlySet<RunRule>, shift: number): Float64Array[] {
  const places = new Map<string, number>();
  const states: { readonly up: Side; readonly down: Side }[] = [];
  const place = (up: Side, down: Side): number => {
    const name = JSON.stringify([up, down]);
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, states.length);
    return states.push({ up, down }) - 1;
  };
  place(FRESH, FRESH);
  const steps: { readonly from: number; readonly to: number; readonly probability: number }[] = [];
  for (let from = 0, state = states[from]; state !== undefined; state = states[++from]) {
    for (const zone of zones(shift)) {
      const [up, down] = [remembered(state.up, zone.up, rules), remembered(state.down, zone.down, rules)];
      if (up !== null && down !== null) steps.push({ from, to: place(up, down), probability: zone.probability });
    }
  }
  const moves = states.map(() => new Float64Array(states.length));
  for (const { from, to, probability } of steps) {
    const row = moves[from];
    if (row !== undefined) row[to] = (row[to] ?? 0) + probability;
  }
  return moves;
}

/**
 * Average run length of a chart with some of the Western Electric rules over independent normal scores, by an exact Markov
 * chain of what the rules remember (Champ and Woodall 1987, Technometrics 29:393).
 *
 * @param rules which rules are watched, at least one.
 * @param shift mean of the scores in standard deviations, from the first observation; its sign does not matter.
 * @returns observations until the first alarm, it included; relative error below 1e-12. Example: all four give 91.75 at 0 and 9.22 at 1.
 * @throws RangeError when there is no rule.
 */
export function runRulesRunLength(rules: readonly RunRule[], shift: number): number {
  if (rules.length === 0) throw new RangeError("a chart without a rule never gives an alarm");
  return expectedSteps(chain(new Set(rules), shift))[0] ?? 1;
}
