/** The names of a header as a definition writes them: trimmed, numbered where several columns share one, invented where there is none. */
export function sampleNames(header: readonly string[]): string[] {
  const names = header.map((name) => name.trim());
  const seen = new Map<string, number>();
  return names.map((name, position) => {
    if (name === "") return `(column ${position + 1}, without a name)`;
    if (names.indexOf(name) === names.lastIndexOf(name)) return name;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return `${name}#${nth}`;
  });
}
