const MOST = 1000;

/** Pieces that a Redis command, a Lua script and a JavaScript call can all take as arguments. */
export function inPieces<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / MOST) }, (_, i) => items.slice(i * MOST, (i + 1) * MOST));
}
