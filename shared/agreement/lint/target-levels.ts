import { formulasOf } from "../../metrics/formula.ts";
import type { MeasureUnit } from "../../metrics/measure.ts";
import type { Decimal } from "../../stats/decimal.ts";
import type { Target } from "../agreement.ts";
import { parseLevel } from "../level.ts";

/** A level as written, where it stands, and what it says; `null` where it does not fit its unit. */
export interface WrittenLevel {
  readonly path: string;
  readonly text: string;
  readonly unit: MeasureUnit;
  readonly level: Decimal | null;
}

/** The unit of what is counted: a share, a length of time or points. */
export function measureUnit(target: Target): MeasureUnit {
  return formulasOf(target.measure)[0].unit;
}

/** The unit of the agreed level: the share of intervals or days where those are judged, else the unit of the measure. */
export function agreedUnit(target: Target): MeasureUnit {
  return target.aggregation.by === "intervals-met" || target.aggregation.by === "days-met" ? "ratio" : measureUnit(target);
}

function inner(target: Target): { text: string | undefined; name: string }[] {
  const { aggregation } = target;
  return "level" in aggregation ? [{ name: "aggregation.level", text: aggregation.level }] : [];
}

/** Every level of a target with its place in the document. */
export function levelsOf(target: Target): WrittenLevel[] {
  const agreed = [
    { name: "expected", text: target.expected },
    { name: "notBelow", text: target.notBelow },
    { name: "minimum", text: target.minimum },
    { name: "stretch", text: target.stretch },
    ...(target.ramp ?? []).flatMap(({ expected, minimum }, i) => [
      { name: `ramp.${i}.expected`, text: expected },
      { name: `ramp.${i}.minimum`, text: minimum },
    ]),
  ];
  const written = (unit: MeasureUnit) => (entry: { name: string; text: string | undefined }) =>
    entry.text === undefined
      ? []
      : [{ path: `targets.${target.id}.${entry.name}`, text: entry.text, unit, level: parseLevel(entry.text, unit) }];
  return [...agreed.flatMap(written(agreedUnit(target))), ...inner(target).flatMap(written(measureUnit(target)))];
}
