import { type Measure, type MeasureOf, SERVICE_LEVEL_VARIANTS } from "./measure.ts";

/** What "short" is taken to mean where the agreement does not say. */
const USUAL_SHORT_SECONDS = 5;

function serviceLevels(agreed: MeasureOf<"service-level">): Measure[] {
  const { withinSeconds, shortAbandonSeconds = USUAL_SHORT_SECONDS } = agreed;
  return SERVICE_LEVEL_VARIANTS.map((variant): Measure => {
    if (variant === agreed.variant) return agreed;
    const other = { metric: "service-level", variant, withinSeconds } as const;
    return variant === "short-as-met" || variant === "short-excluded" ? { ...other, shortAbandonSeconds } : other;
  });
}

function abandonments(agreed: MeasureOf<"abandonment">): Measure[] {
  const { shortAbandonSeconds = USUAL_SHORT_SECONDS } = agreed;
  return (["offered", "queued", "answered-and-abandoned"] as const).flatMap((denominator): Measure[] => {
    const all = { metric: "abandonment", denominator } as const;
    return [all, { ...all, shortAbandonSeconds }];
  });
}

/**
 * Every way in which the same metric is computed somewhere, the agreed one among them: what "which formula makes this
 * green?" compares. Parameters that are no question of formula (limits, days, forms) stay as agreed. A variant must be
 * held against the agreed level as it is written: a mean of scores beside a share of answers, or an error beside an
 * accuracy, is none.
 */
export function variantsOf(agreed: Measure): readonly Measure[] {
  switch (agreed.metric) {
    case "service-level":
      return serviceLevels(agreed);
    case "abandonment":
      return abandonments(agreed);
    case "answer-rate":
      return [
        { metric: "answer-rate", denominator: "offered" },
        { metric: "answer-rate", denominator: "answered-and-abandoned" },
      ];
    case "transfer-rate":
      return [
        { metric: "transfer-rate", denominator: "handled" },
        { metric: "transfer-rate", denominator: "answered" },
      ];
    case "attrition":
      return (["month", "year-times-12", "year-compounded"] as const).map((per) => ({ metric: "attrition", per }));
    default:
      return [agreed];
  }
}
