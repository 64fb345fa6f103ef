/** Letters of other scripts, and marks, that are drawn like a Latin one: not all of Unicode's, but those that could pass in a name. */
const LATIN_OF: ReadonlyMap<string, string> = new Map([
  ["\u0410", "A"],
  ["\u0412", "B"],
  ["\u0415", "E"],
  ["\u0405", "S"],
  ["\u0406", "I"],
  ["\u0408", "J"],
  ["\u041a", "K"],
  ["\u041c", "M"],
  ["\u041d", "H"],
  ["\u041e", "O"],
  ["\u0420", "P"],
  ["\u0421", "C"],
  ["\u0422", "T"],
  ["\u0423", "Y"],
  ["\u0425", "X"],
  ["\u04ae", "Y"],
  ["\u0492", "F"],
  ["\u0430", "a"],
  ["\u0441", "c"],
  ["\u0435", "e"],
  ["\u043e", "o"],
  ["\u0440", "p"],
  ["\u0443", "y"],
  ["\u0445", "x"],
  ["\u0456", "i"],
  ["\u0458", "j"],
  ["\u0455", "s"],
  ["\u04bb", "h"],
  ["\u0501", "d"],
  ["\u051b", "q"],
  ["\u051d", "w"],
  ["\u0475", "v"],
  ["\u04cf", "l"],
  ["\u0391", "A"],
  ["\u0392", "B"],
  ["\u0395", "E"],
  ["\u0396", "Z"],
  ["\u0397", "H"],
  ["\u0399", "I"],
  ["\u039a", "K"],
  ["\u039c", "M"],
  ["\u039d", "N"],
  ["\u039f", "O"],
  ["\u03a1", "P"],
  ["\u03a4", "T"],
  ["\u03a5", "Y"],
  ["\u03a7", "X"],
  ["\u03b1", "a"],
  ["\u03bf", "o"],
  ["\u03c1", "p"],
  ["\u03bd", "v"],
  ["\u03b9", "i"],
  ["\u03c5", "u"],
  ["\u0585", "o"],
  ["\u057d", "u"],
  ["\u0570", "h"],
  ["\u0578", "n"],
  ["\u0131", "i"],
  ["\u0261", "g"],
  ["\u0251", "a"],
  ["\u2010", "-"],
  ["\u2013", "-"],
  ["\u2014", "-"],
  ["\u2212", "-"],
  ["\u2019", "'"],
  ["\u02bc", "'"],
]);
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;

/** A name as people compare it: without case, runs of spaces, and the widths and ways of composing that look the same. */
export function foldName(name: string): string {
  return name.normalize("NFKC").replaceAll(/\s+/gu, " ").trim().toLowerCase();
}

/** What is left of a name when only its shape counts: two names with one skeleton cannot be told apart by eye. */
export function skeletonOf(name: string): string {
  const seen = Array.from(name.normalize("NFKC"))
    .filter((letter) => !INVISIBLE.test(letter))
    .map((letter) => LATIN_OF.get(letter) ?? letter);
  return foldName(seen.join(""));
}

function scriptOf(letter: string): string {
  if (/\p{Script=Cyrillic}/u.test(letter)) return "Cyrillic ";
  return /\p{Script=Greek}/u.test(letter) ? "Greek " : "";
}

/** Which character makes a name another than it looks, by its code point; "" where every one is what it looks like. */
export function deceptionIn(name: string): string {
  const letters = Array.from(name);
  const at = letters.findIndex((letter) => INVISIBLE.test(letter) || LATIN_OF.has(letter));
  const letter = letters[at];
  if (letter === undefined) return "";
  const point = `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  const latin = LATIN_OF.get(letter);
  const kind = latin === undefined ? "which cannot be seen" : `a ${scriptOf(letter)}character that looks like "${latin}"`;
  return `character ${at + 1} is ${point}, ${kind}`;
}
