import { formatAmount } from "../../shared/settlement/amount.ts";

/** An amount that never breaks between its currency and its number: `EUR 4,200`. */
export function amountWords(minor: number, currency: string | null): string {
  return formatAmount(minor, currency ?? "")
    .trim()
    .replaceAll(" ", "\u00a0")
    .replace("-", "−");
}
