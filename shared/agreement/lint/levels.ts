import type { MeasureUnit } from "../../metrics/measure.ts";
import { compareDecimal } from "../../stats/round.ts";
import type { Target } from "../agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "../level.ts";
import { agreedUnit, levelsOf, type WrittenLevel } from "./target-levels.ts";

/** What a level can be at all; beyond it a target is always or never met. */
const SCALE: Partial<Record<MeasureUnit, { low: number; high: number }>> = {
  ratio: { low: 0, high: 1 },
  score: { low: 1, high: 5 },
  points: { low: -100, high: 100 },
};

const RANGE = /\d\s*(?:-|\u2013|\.\.|to)\s*\d/u;

function misfit({ path, text, unit, level }: WrittenLevel): DocumentProblem[] {
  if (level === null) {
    const range = RANGE.test(text);
    return [
      problem(path, {
        message: range ? `"${text}" is a range, not a level.` : `"${text}" is not a level of this metric.`,
        dispute: range
          ? "Each side will hold the other to the end of the range that suits it."
          : "Without its unit each side may read the number in its own way.",
        remedy: levelRemedy(unit),
      }),
    ];
  }
  const scale = SCALE[unit];
  if (scale === undefined) return [];
  const beyond = compareDecimal(level, { mantissa: scale.low, dp: 0 }) < 0 || compareDecimal(level, { mantissa: scale.high, dp: 0 }) > 0;
  if (!beyond) return [];
  return [
    problem(path, {
      message: `"${text}" lies beyond the scale of this metric.`,
      dispute: "No figure can ever reach it, or every figure does.",
      remedy: levelRemedy(unit),
    }),
  ];
}

type Step = NonNullable<Target["ramp"]>[number];

interface Words {
  readonly message: string;
  readonly dispute: string;
  readonly remedy: string;
}

interface Side extends Words {
  readonly name: "minimum" | "stretch";
}

const MINIMUM: Side = {
  name: "minimum",
  message: "The minimum level is stricter than the expected one.",
  dispute: "A figure between the two would be in default below the minimum and yet as agreed.",
  remedy: "The minimum is the worse of the two; exchange them.",
};
const STRETCH: Side = {
  name: "stretch",
  message: "The level for a bonus is not better than the expected one.",
  dispute: "The provider would be paid extra for what it owes anyway.",
  remedy: "Write a stretch level beyond the expected one, on its good side.",
};

/** How much better `text` is than another level: 1 better, 0 equal, -1 worse; `null` where either is not a level. */
function better(target: Target, text: string | undefined, than = target.expected): -1 | 0 | 1 | null {
  const unit = agreedUnit(target);
  const other = parseLevel(than, unit);
  const level = text === undefined ? null : parseLevel(text, unit);
  if (other === null || level === null) return null;
  return target.direction === "at-least" ? compareDecimal(level, other) : compareDecimal(other, level);
}

function sides(target: Target): DocumentProblem[] {
  if (target.direction === "within") return [];
  const wrong = [
    { side: MINIMUM, found: better(target, target.minimum) === 1 },
    { side: STRETCH, found: (better(target, target.stretch) ?? 1) < 1 },
  ];
  return wrong.filter(({ found }) => found).map(({ side: { name, ...words } }) => problem(`targets.${target.id}.${name}`, words));
}

function band(target: Target): DocumentProblem[] {
  const path = `targets.${target.id}.notBelow`;
  if (target.direction !== "within") {
    if (target.notBelow === undefined) return [];
    return [
      doubt(path, {
        message: `"${target.notBelow}" is the lower end of a band, but the target is ${target.direction}.`,
        dispute: "One side will say a figure below it is a default; nothing here makes it one.",
        remedy: "Write direction: within, or leave notBelow out.",
      }),
    ];
  }
  const unit = agreedUnit(target);
  const [low, high] = [target.notBelow === undefined ? null : parseLevel(target.notBelow, unit), parseLevel(target.expected, unit)];
  if (target.notBelow === undefined) {
    return [
      problem(path, {
        message: "A band has an upper end but no lower one.",
        dispute: "Nobody can say from where on a figure is too low.",
        remedy: "Add notBelow, the lower end; expected is the upper one.",
      }),
    ];
  }
  const problems =
    low !== null && high !== null && compareDecimal(low, high) > 0
      ? [
          problem(path, {
            message: `The band is empty: its lower end ${target.notBelow} lies above its upper end ${target.expected}.`,
            dispute: "No figure is ever within it.",
            remedy: "Exchange expected and notBelow.",
          }),
        ]
      : [];
  return [...problems, ...ONE_SIDED.flatMap((words) => (target[words.name] === undefined ? [] : [onBand(target, words)]))];
}

const ONE_SIDED = [
  { name: "minimum", message: "A band has no worse side, so no minimum level: it is never applied." },
  { name: "stretch", message: "A band has no better side, so no level for a bonus." },
] as const;

function onBand(target: Target, { name, message }: (typeof ONE_SIDED)[number]): DocumentProblem {
  return problem(`targets.${target.id}.${name}`, {
    message,
    dispute: `Each side will place the ${name === "stretch" ? "bonus" : "minimum"} at another end.`,
    remedy: `Leave ${name} out, or agree on a direction.`,
  });
}

function stepSides(target: Target, { fromWeek, toWeek, expected, minimum }: Step): { name: "expected" | "minimum"; words: Words }[] {
  const weeks = fromWeek === toWeek ? `Week ${fromWeek} asks` : `Weeks ${fromWeek} to ${toWeek} ask`;
  const found: { name: "expected" | "minimum"; words: Words }[] = [];
  if (better(target, expected) === 1)
    found.push({
      name: "expected",
      words: {
        message: `${weeks} for ${expected}, more than the ${target.expected} after the ramp.`,
        dispute: "A ramp eases the start; the provider will call this a slip of the pen.",
        remedy: "Write levels that lead up to the expected one.",
      },
    });
  if (better(target, minimum ?? target.minimum, expected) === 1)
    found.push({
      name: "minimum",
      words: {
        message: `${weeks} for ${expected}, but the minimum is ${minimum === undefined ? "still " : ""}${minimum ?? target.minimum ?? ""}.`,
        dispute: "Every miss of that time is a default below the minimum, and some figures below the minimum are none at all.",
        remedy: "Give the step a minimum of its own, no stricter than its expected level.",
      },
    });
  return found;
}

function rampSides(target: Target): DocumentProblem[] {
  if (target.direction === "within") return [];
  return (target.ramp ?? []).flatMap((step, i) =>
    stepSides(target, step).map(({ name, words }) => doubt(`targets.${target.id}.ramp.${i}.${name}`, words)),
  );
}

/** Levels that do not fit their metric, or lie on the wrong side of one another. */
export function lintLevels(target: Target): DocumentProblem[] {
  const misfits = levelsOf(target).flatMap(misfit);
  return misfits.length > 0 ? misfits : [...sides(target), ...band(target), ...rampSides(target)];
}
