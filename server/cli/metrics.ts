import { CATALOGUE, type Metric } from "../../shared/metrics/catalogue.ts";
import { describeMeasure } from "../../shared/metrics/describe.ts";
import { formulasOf } from "../../shared/metrics/formula.ts";
import { type Command, CommandError } from "./command.ts";
import { wrapped } from "./wrapped.ts";

const BETTER = { "at-least": "more is better", "at-most": "less is better", within: "between two levels" } as const;

function pagesOf(metric: Metric): string[] {
  const variants = metric.variants.flatMap(({ name, measure, source }) => [
    `  ${name}: ${describeMeasure(measure).variant}`,
    ...formulasOf(measure).map(({ says }) => `    ${says}`),
    ...wrapped(`source: ${source}`, 4),
  ]);
  return [
    `${metric.name} (${metric.id}), ${metric.units.join(" or ")}, ${BETTER[metric.direction]}`,
    ...wrapped(metric.definition, 2),
    ...wrapped(metric.explanation, 2),
    ...wrapped(`Several intervals or days: ${metric.merge}`, 2),
    ...wrapped(`Sample: ${metric.minimumSample}`, 2),
    ...wrapped(`Counters: ${metric.counters.join(", ")}`, 2),
    ...variants,
  ];
}

/** `accord metrics`: everything that a target can measure; with ids, all there is to know of these. */
export const metrics: Command = async ({ args, print }) => {
  if (args.length === 0) {
    for (const { id, name, definition } of CATALOGUE) print(`${id.padEnd(26)}${name}: ${definition}`);
    return 0;
  }
  for (const id of args) {
    const metric = CATALOGUE.find((one) => one.id === id);
    if (metric === undefined) throw new CommandError(`There is no metric "${id}". \`accord metrics\` lists them.`);
    pagesOf(metric).forEach((line) => print(line));
  }
  return 0;
};
