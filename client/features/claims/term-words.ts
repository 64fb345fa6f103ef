/** An agreed length of time in words: `P15D` is "15 days", `PT48H` is "48 hours". */
export function termWords(term: string): string {
  const count = Number(term.replaceAll(/\D/gu, ""));
  const unit = term.endsWith("H") ? "hour" : "day";
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
}
