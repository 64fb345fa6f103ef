/**
 * Whether a fact takes the place of the known one under the same key. The newer revision does. Where both have the same,
 * rows of one receipt count in the order of the file: the later one. Rows under the source's own version have no such
 * order, because they may stand in different receipts; there the greater bytes count, which is arbitrary but the same
 * on every machine and in every order of processing (invariant I4).
 *
 * @param versioned whether the revisions are the source's own versions.
 * @param bytesOf the packed fact without its revision; asked for only where it decides.
 */
export function replaces<Fact extends { readonly revision: number }>(
  next: Fact,
  known: Fact,
  { versioned, bytesOf }: { readonly versioned: boolean; readonly bytesOf: (fact: Fact) => Uint8Array },
): boolean {
  if (next.revision !== known.revision) return next.revision > known.revision;
  return !versioned || !isLess(bytesOf(next), bytesOf(known));
}

function isLess(a: Uint8Array, b: Uint8Array): boolean {
  for (const [i, byte] of a.entries()) {
    const other = b[i];
    if (other === undefined) return false;
    if (byte !== other) return byte < other;
  }
  return a.length < b.length;
}
