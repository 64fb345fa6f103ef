/** An id out of a name: letters, digits and hyphens, one that is not taken. @param kind what it is called where nothing of the name can be used. */
export function plainId(name: string, taken: ReadonlySet<string>, kind: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, "-")
    .replaceAll(/^-+|-+$/gu, "")
    .slice(0, 36);
  const base = plain === "" ? kind : plain;
  if (!taken.has(base)) return base;
  let nth = 2;
  while (taken.has(`${base}-${nth}`)) nth += 1;
  return `${base}-${nth}`;
}
