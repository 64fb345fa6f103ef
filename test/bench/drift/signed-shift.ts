import type { SeriesModel } from "./kinds.ts";

/** Every other run moves down where either way is alike: so an error of the baseline's level, slight as it is, cancels out. */
export function signedShift({ kind }: SeriesModel, shift: number, run: number): number {
  return kind === "mean" && run % 2 === 1 ? -shift : shift;
}
