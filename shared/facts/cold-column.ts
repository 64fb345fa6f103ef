import { type ByteReader, ByteWriter } from "./cold-bytes.ts";

/** The number in a row of a column; `null` where there is none. */
export type ColdColumn = (row: number) => number | null;

/** The column's least number is below zero. */
const NEGATIVE = 1;
/** None is above zero: they are turned round, so that small ones are small. */
const BELOW = 2;

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * A column of integers: the least, the step that divides every distance from it (times are whole seconds, stored in ms),
 * then how many steps each is above the least, 0 standing for no number; all lowest bytes first, then the next ones, so
 * that bytes of one meaning stand side by side.
 *
 * @returns `null` when the numbers lie too far apart for exact arithmetic.
 */
export function writeColumn(signed: readonly (number | null)[]): Uint8Array | null {
  const below = signed.every((value) => value === null || value <= 0);
  const values = below ? signed.map((value) => (value === null ? null : 0 - value)) : signed;
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value === null) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least === Infinity) [least, most] = [0, 0];
  if (!Number.isSafeInteger(most - least + 1)) return null;
  let divisor = 0;
  for (const value of values) if (value !== null) divisor = greatestCommonDivisor(value - least, divisor);
  const step = Math.max(divisor, 1);
  const steps = values.map((value) => (value === null ? 0 : (value - least) / step + 1));
  const writer = new ByteWriter();
  writer.number(below ? BELOW : least < 0 ? NEGATIVE : 0);
  writer.number(Math.abs(least));
  writer.number(step);
  let planes = 1;
  for (let rest = (most - least) / step + 1; rest >= 0x100; rest = Math.floor(rest / 0x100)) planes++;
  writer.number(planes);
  for (let plane = 0, scale = 1; plane < planes; plane++, scale *= 0x100)
    writer.bytes(Uint8Array.from(steps, (value) => Math.floor(value / scale) % 0x100));
  return writer.take();
}

/** @throws RangeError when the bytes end too early. */
export function openColumn(reader: ByteReader, rows: number): ColdColumn {
  const form = reader.number();
  const sign = form === BELOW ? -1 : 1;
  const least = (form === NEGATIVE ? -1 : 1) * reader.number();
  const step = reader.number();
  const planes = Array.from({ length: reader.number() }, () => reader.bytes(rows));
  return (row) => {
    let steps = 0;
    for (let plane = planes.length - 1; plane >= 0; plane--) steps = steps * 0x100 + (planes[plane]?.[row] ?? 0);
    return steps === 0 ? null : sign * (least + (steps - 1) * step) + 0;
  };
}
