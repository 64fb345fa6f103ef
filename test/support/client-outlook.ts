import type { Outlook } from "../../shared/outlook/outlook.ts";

/** The outlook of the story's service level: 34,069 of 43,180, and about 15,323 calls still to come. */
export function buildOutlook(overrides: Partial<Outlook>): Outlook {
  const fromMs = Date.parse("2026-09-01T00:00:00+08:00");
  return {
    targetId: "service-level",
    version: 3,
    window: { kind: "month", start: "2026-09-01", fromMs, toMs: fromMs + 30 * 86_400_000, open: true, part: false },
    asOfMs: Date.parse("2026-09-21T14:30:00+08:00"),
    n: 43_180,
    good: 34_069,
    remaining: { expected: 15_323, low: 14_610, high: 16_040 },
    forecast: "profile",
    budget: { events: 11_700, spent: 9111 },
    pace: 1.055,
    neededRate: 12_734 / 15_323,
    headroom: -594,
    reach: "open",
    bestRate: 0.862,
    projected: 0.7932,
    pMiss: 0.83,
    rho: 0.004,
    daysKnown: 61,
    credit: { currency: "EUR", atStake: 420_000, expected: 348_600 },
    ...overrides,
  };
}
