import { remember } from "../calendar/remember.ts";

export type CanonicalValue = string | number | boolean | null | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/**
 * Canonical JSON after RFC 8785 for the values a ledger entry may hold: keys in UTF-16 code unit order, no spaces,
 * shortest strings. Numbers are safe integers only, so that no two programs can print one differently.
 *
 * @throws RangeError for a number that is not a safe integer, or a lone surrogate in a string.
 */
export function canonicalText(value: CanonicalValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer and has no place in the ledger`);
    return String(value === 0 ? 0 : value);
  }
  if (typeof value === "string") return quoted(value);
  if (isList(value)) return `[${value.map(canonicalText).join(",")}]`;
  let text = "";
  // Without a comparison of its own, sorting is by UTF-16 code units, as the RFC asks.
  for (const key of Object.keys(value).toSorted())
    text += `${text === "" ? "" : ","}${quotedKey(key)}:${canonicalText(value[key] ?? null)}`;
  return `{${text}}`;
}

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new RangeError("a ledger string must be well-formed Unicode");
  return JSON.stringify(text);
}

const REMEMBERED_KEYS = 1000;

/** The same few keys are written again and again. */
const quotedKey = remember(REMEMBERED_KEYS, quoted);

function isList(value: CanonicalValue): value is readonly CanonicalValue[] {
  return Array.isArray(value);
}

export function canonicalBytes(value: CanonicalValue): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(canonicalText(value));
}
