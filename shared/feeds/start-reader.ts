import { explainInstant, readInstant } from "./cell-instant.ts";
import { type FileContext, isMissing, MISSING_VALUE, placeOf } from "./column-reader.ts";
import type { Start } from "./definition-parts.ts";
import { compileLocalStart } from "./local-start.ts";
import { offGrid, type StartCell, type StartOptions } from "./start-options.ts";

type InstantColumn = Extract<Start, { instant: unknown }>["instant"];

function compileInstantStart({ column, format }: InstantColumn, { zone, gridMs }: StartOptions, context: FileContext): StartCell {
  const { position } = placeOf(column, context.header);
  const { missing, problems } = context;
  return (cells) => {
    const text = cells[position] ?? "";
    let ms = readInstant(text, format);
    if (Number.isNaN(ms)) ms = readInstant(text.trim(), format);
    if (Number.isNaN(ms))
      problems.add("error", { column, value: text }, isMissing(text, missing) ? MISSING_VALUE : explainInstant(text.trim(), format));
    else if (gridMs !== null && zone.clockAt(ms) % gridMs !== 0) problems.add("error", { column, value: text }, offGrid(gridMs));
    else return ms;
    return NaN;
  };
}

/** Compiles the columns that say when a row starts. */
export function compileStart(start: Start, options: StartOptions, context: FileContext): StartCell {
  return "instant" in start ? compileInstantStart(start.instant, options, context) : compileLocalStart(start, options, context);
}
