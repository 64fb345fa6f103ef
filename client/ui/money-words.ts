/** An amount of minor units (cents) with its currency: `EUR 4,200.00`, `−EUR 300.00`. */
export function moneyWords(minor: number, currency: string | null): string {
  const sign = minor < 0 ? "−" : "";
  const cents = String(Math.abs(minor)).padStart(3, "0");
  const whole = cents.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+(?!\d))/gu, ",");
  return `${sign}${currency === null ? "" : `${currency}\u00a0`}${whole}.${cents.slice(-2)}`;
}
