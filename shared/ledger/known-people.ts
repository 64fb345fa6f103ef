import type { z } from "zod";
import type { Pseudonym } from "../feeds/person-reader.ts";
import type { BundlePeople } from "./bundle.ts";
import type { Sha256Function } from "./entry.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
const LENGTH = 10;

function numbered(count: number): string {
  let [rest, text] = [count, ""];
  for (let i = 0; i < LENGTH; i++) {
    text = `${LETTERS[rest % LETTERS.length] ?? ""}${text}`;
    rest = Math.floor(rest / LETTERS.length);
  }
  return text;
}

/**
 * Tells people apart where the key of the pseudonyms is not known: by those that the bundle says, so that rows that were
 * condensed and files mean the same person, and by a number for everybody else.
 */
export function createKnownPeople(people: z.infer<typeof BundlePeople>, sha256: Sha256Function): Pseudonym {
  const told = new Map(people.map(({ nameSha256, pseudonym }) => [nameSha256, pseudonym]));
  const taken = new Set(told.values());
  const met = new Map<string, string>();
  let count = 0;
  function unknown(): string {
    let made = numbered(count++);
    while (taken.has(made)) made = numbered(count++);
    return made;
  }
  return (name) => {
    // One name in two Unicode forms is one person.
    const text = name.normalize("NFC");
    const found = met.get(text) ?? told.get(sha256(new TextEncoder().encode(text)).toHex()) ?? unknown();
    met.set(text, found);
    return found;
  };
}
