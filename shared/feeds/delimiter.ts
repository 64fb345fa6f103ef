/** Delimiters that have a name. A definition may give any other as the character itself. */
export const DELIMITERS = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" } as const;
const DELIMITER_NAMES = ["comma", "semicolon", "tab", "pipe"] as const;

/** The character that a definition's delimiter stands for. */
export function delimiterCharacter(delimiter: string): string {
  const name = DELIMITER_NAMES.find((candidate) => candidate === delimiter);
  return name === undefined ? delimiter : DELIMITERS[name];
}

/** How a definition writes a delimiter: by its name where it has one. */
export function delimiterName(character: string): string {
  return DELIMITER_NAMES.find((name) => DELIMITERS[name] === character) ?? JSON.stringify(character);
}
