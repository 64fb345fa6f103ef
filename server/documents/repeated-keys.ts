import { type Document, isScalar, type LineCounter, visit } from "yaml";

/** Keys that a map has twice. The parser's own check compares each key with each: 25,000 keys take it 17 seconds. */
export function repeatedKeys(document: Document.Parsed, lines: LineCounter): string[] {
  const repeated: string[] = [];
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        const { line } = lines.linePos(key.range?.[0] ?? 0);
        if (seen.has(key.value)) repeated.push(`Map keys must be unique: "${String(key.value)}" comes again at line ${line}.`);
        seen.add(key.value);
      }
    },
  });
  return repeated;
}
