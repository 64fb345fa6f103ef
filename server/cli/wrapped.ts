/** Screens of this width show every table without wrapping. */
export const WIDTH = 100;

/** Words wrapped at the width, each line indented; lines after the first by `hanging`. */
export function wrapped(text: string, indent: number, hanging = indent): string[] {
  const lines: string[] = [];
  let line = " ".repeat(indent);
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ".repeat(hanging);
      isEmpty = true;
    }
    line = isEmpty ? `${line}${word}` : `${line} ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
