/** No document needs a tenth of it. */
const DEEPEST = 64;
const BLOCKS = /(?:[-?:][ \t]+){64}/u;

/**
 * Whether a text is nested so deeply that the parser, which calls itself at each level, would take a second to run out of
 * stack. Brackets inside quotes count too: they come in pairs there as well.
 */
export function isTooDeep(text: string): boolean {
  if (BLOCKS.test(text)) return true;
  let depth = 0;
  for (const sign of text) {
    if (sign === "[" || sign === "{") depth++;
    else if (sign === "]" || sign === "}") depth = Math.max(0, depth - 1);
    if (depth > DEEPEST) return true;
  }
  return false;
}
