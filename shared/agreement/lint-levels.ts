import type { MeasureUnit } from "../metrics/measure.ts";
import { compareDecimal } from "../stats/round.ts";
import type { Target } from "./agreement.ts";
import { type DocumentProblem, doubt, problem } from "./document-problem.ts";
import { levelRemedy, parseLevel } from "./level.ts";
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

interface Side {
  readonly name: "minimum" | "stretch";
  readonly message: string;
  readonly dispute: string;
  readonly remedy: string;
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

/** How much better `text` is than the expected level: 1 better, 0 equal, -1 worse; `null` where either is not a level. */
function better(target: Target, text: string | undefined): -1 | 0 | 1 | null {
  const unit = agreedUnit(target);
  const expected = parseLevel(target.expected, unit);
  const level = text === undefined ? null : parseLevel(text, unit);
  if (expected === null || level === null) return null;
  return target.direction === "at-least" ? compareDecimal(level, expected) : compareDecimal(expected, level);
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
  if (target.stretch === undefined) return problems;
  return [
    ...problems,
    problem(`targets.${target.id}.stretch`, {
      message: "A band has no better side, so no level for a bonus.",
      dispute: "Each side will place the bonus at another end.",
      remedy: "Leave stretch out, or agree on a direction.",
    }),
  ];
}

function rampSides(target: Target): DocumentProblem[] {
  return (target.ramp ?? []).flatMap((step, i) => {
    if (target.direction === "within" || better(target, step.expected) !== 1) return [];
    return [
      doubt(`targets.${target.id}.ramp.${i}.expected`, {
        message: `Weeks ${step.fromWeek} to ${step.toWeek} ask for ${step.expected}, more than the ${target.expected} after the ramp.`,
        dispute: "A ramp eases the start; the provider will call this a slip of the pen.",
        remedy: "Write levels that lead up to the expected one.",
      }),
    ];
  });
}

/** Levels that do not fit their metric, or lie on the wrong side of one another. */
export function lintLevels(target: Target): DocumentProblem[] {
  const misfits = levelsOf(target).flatMap(misfit);
  return misfits.length > 0 ? misfits : [...sides(target), ...band(target), ...rampSides(target)];
}
