import type { Packed } from "./msgpack.ts";

/** Times from 1970 on: whole seconds are stored as seconds (the usual case, half the bytes); anything finer as `-1 - ms`. */
export function packTime(ms: number | null): Packed {
  if (ms === null) return null;
  return ms % 1000 === 0 && ms >= 0 ? ms / 1000 : -1 - ms;
}

export function unpackTime(item: Packed | undefined): number | null {
  if (typeof item !== "number") return null;
  return item >= 0 ? item * 1000 : -1 - item;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const PSEUDONYM_LENGTH = 10;

/** A pseudonym as the number that its letters write in base 32: 9 bytes instead of 11. */
export function packPerson(pseudonym: string | null): Packed {
  if (pseudonym === null) return null;
  let number = 0;
  for (const letter of pseudonym) number = number * 32 + LETTERS.indexOf(letter);
  return number;
}

export function unpackPerson(item: Packed | undefined): string | null {
  if (typeof item !== "number") return null;
  let text = "";
  let rest = item;
  for (let i = 0; i < PSEUDONYM_LENGTH; i++) {
    text = `${LETTERS[rest % 32] ?? ""}${text}`;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** Yes is 1, no is 0. */
export function packFlag(flag: boolean | null): Packed {
  return flag === null ? null : flag ? 1 : 0;
}

export function unpackFlag(item: Packed | undefined): boolean | null {
  return typeof item === "number" ? item === 1 : null;
}

export function numberOrNull(item: Packed | undefined): number | null {
  return typeof item === "number" ? item : null;
}

/** Trailing blanks are left out, so that a column added to a kind changes no fact that does not have it. */
export function trimmed(items: Packed[]): Packed[] {
  while (items.at(-1) === null) items.pop();
  return items;
}

/** @throws RangeError when the first two items are no queue and start. */
export function placeOfFact([queue, start]: readonly Packed[]): { readonly queue: string; readonly startMs: number } {
  const startMs = unpackTime(start);
  if (typeof queue !== "string" || startMs === null) throw new RangeError("a fact names its queue and start");
  return { queue, startMs };
}
