const STRING_MARK = /["\\]/g;
const NESTED_MARK = /["{}[\]]/g;
const SCALAR_END = /[\s,\]}:]/g;

/** Behind the closing quotation mark of the string whose opening mark stands at `start`, or -1. */
function stringEnd(text: string, start: number): number {
  STRING_MARK.lastIndex = start + 1;
  for (let mark = STRING_MARK.exec(text); mark !== null; mark = STRING_MARK.exec(text)) {
    if (mark[0] === '"') return mark.index + 1;
    STRING_MARK.lastIndex = mark.index + 2;
  }
  return -1;
}

function nestedEnd(text: string, start: number): number {
  let depth = 0;
  NESTED_MARK.lastIndex = start;
  for (let mark = NESTED_MARK.exec(text); mark !== null; mark = NESTED_MARK.exec(text)) {
    if (mark[0] === '"') {
      const end = stringEnd(text, mark.index);
      if (end < 0) return -1;
      NESTED_MARK.lastIndex = end;
    } else {
      depth += mark[0] === "{" || mark[0] === "[" ? 1 : -1;
      if (depth === 0) return mark.index + 1;
    }
  }
  return -1;
}

/**
 * Where the JSON value ends that begins at `start`, by its quotation marks and brackets alone; whether it is valid is not looked at.
 *
 * @param final whether the text ends the file.
 * @returns the position behind it, or -1 where the text ends before it does.
 */
export function jsonValueEnd(text: string, start: number, final: boolean): number {
  const first = text[start];
  if (first === '"') return stringEnd(text, start);
  if (first === "{" || first === "[") return nestedEnd(text, start);
  SCALAR_END.lastIndex = start;
  const end = SCALAR_END.exec(text);
  if (end !== null) return Math.max(end.index, start + 1);
  return final ? text.length : -1;
}
