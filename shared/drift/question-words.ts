import { decimalText, NBSP } from "../metrics/number-text.ts";

/** A share of 0..1 with one decimal of percent: `16.9 %`. */
export function shareText(share: number): string {
  return `${decimalText(Math.round(share * 1000), 1)}${NBSP}%`;
}

/** A whole number with commas: `1,359`. */
export function countText(count: number): string {
  return String(Math.round(count)).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

const MOST = 1_000_000;

/** A small probability as people read it, never smaller than one may believe of any model: `less than 1 in 3,000`. */
export function oddsText(chance: number): string {
  if (chance * MOST <= 1) return "less than 1 in a million";
  const exact = Math.floor(1 / chance);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return `less than 1 in ${countText(Math.floor(exact / unit) * unit)}`;
}
