const GRAMMAR = /^(0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/u;
const GROUP = /\B(?=(?:\d{3})+$)/gu;

/**
 * Reads an agreed amount into minor units, a hundredth each: `"99.5"` is 9,950.
 *
 * @throws RangeError when it is not a plain amount; the agreement's schema refuses that before.
 */
export function parseAmount(text: string): number {
  const match = GRAMMAR.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a plain amount`);
  const [, whole = "0", cents = ""] = match;
  return Number(whole) * 100 + Number(cents.padEnd(2, "0"));
}

/**
 * An amount as people read it, without idle cents.
 *
 * @param minor hundredths of the currency, an integer.
 * @returns for example `USD 2,000` for 200,000 and `USD 2,000.50` for 200,050.
 */
export function formatAmount(minor: number, currency: string): string {
  const size = Math.abs(minor);
  const cents = size % 100;
  const whole = String((size - cents) / 100).replace(GROUP, ",");
  const rest = cents === 0 ? "" : `.${String(cents).padStart(2, "0")}`;
  return `${currency} ${minor < 0 ? "-" : ""}${whole}${rest}`;
}
