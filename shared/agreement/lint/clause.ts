import { decimalToNumber } from "../../stats/decimal.ts";
import type { Target } from "../agreement.ts";
import { type ClauseFigure, figuresIn, rangeIn } from "./clause-figures.ts";
import { type DocumentProblem, doubt } from "./document-problem.ts";
import { levelsOf } from "./target-levels.ts";

const VAGUE =
  /\b(?:reasonabl[ey]|prompt(?:ly)?|approximately|roughly|normally|usually|best efforts?|as soon as possible|where possible|substantially|adequate(?:ly)?|timely)\b/iu;

function structured(target: Target): ClauseFigure[] {
  const levels = levelsOf(target).flatMap(({ text, unit, level }): ClauseFigure[] => {
    if (level === null || (unit !== "duration" && unit !== "ratio")) return [];
    const value = decimalToNumber(level);
    return [unit === "duration" ? { text, unit: "ms", value } : { text, unit: "%", value: value * 100 }];
  });
  const lengths = Object.entries(target.measure).flatMap(([name, value]): ClauseFigure[] => {
    if (typeof value !== "number") return [];
    if (name.endsWith("Seconds")) return [{ text: `${value} s`, unit: "ms", value: value * 1000 }];
    if (name.endsWith("Days") || name === "days") return [{ text: `${value} days`, unit: "ms", value: value * 86_400_000 }];
    return [];
  });
  const { aggregation } = target;
  const intervals: ClauseFigure[] =
    aggregation.by === "intervals-met"
      ? [15, 30, 60].map((minutes) => ({ text: `${minutes} minutes`, unit: "ms", value: minutes * 60_000 }))
      : [];
  return [...levels, ...lengths, ...intervals];
}

function isAmong(figure: ClauseFigure, known: readonly ClauseFigure[]): boolean {
  return known.some(({ unit, value }) => unit === figure.unit && Math.abs(value - figure.value) < 1e-6);
}

/** "once a day" and "28 days" speak of windows, not of levels. */
function speaksOfDays({ text }: ClauseFigure): boolean {
  return /(?:day|week|hour|h)s?$/iu.test(text);
}

/** A clause that its own structured figures contradict, that names a range, or that words nobody can measure. */
export function lintClause(target: Target): DocumentProblem[] {
  const { clause } = target;
  if (clause === undefined) return [];
  const path = `targets.${target.id}.clause`;
  const problems: DocumentProblem[] = [];
  const range = rangeIn(clause);
  if (range !== null)
    problems.push(
      doubt(path, {
        message: `The clause names a range, "${range}".`,
        dispute: "The provider will be measured at one end of it and believe in the other.",
        remedy: "Write the one figure that decides, as in expected and measure.",
      }),
    );
  const vague = VAGUE.exec(clause)?.[0];
  if (vague !== undefined)
    problems.push(
      doubt(path, {
        message: `The clause says "${vague}", which nobody can measure.`,
        dispute: "Both sides can call the same figure kept and broken.",
        remedy: "Write a figure with its unit, or leave the word out.",
      }),
    );
  if (range !== null) return problems;
  const known = structured(target);
  const strange = figuresIn(clause).filter((figure) => !isAmong(figure, known) && !speaksOfDays(figure));
  if (strange.length > 0) {
    const units = new Set(strange.map(({ unit }) => unit));
    const stated = known.filter(({ unit }) => units.has(unit)).map(({ text }) => text);
    problems.push(
      doubt(path, {
        message: `The clause says ${strange.map(({ text }) => `"${text}"`).join(" and ")}, ${stated.length === 0 ? "but the target has no such figure" : `but the target has ${[...new Set(stated)].join(", ")}`}.`,
        dispute: "The signed words and the figure that is computed are two different promises.",
        remedy: "Let the clause and the target's levels and limits say the same.",
      }),
    );
  }
  return problems;
}
