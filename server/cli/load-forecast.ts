import { z } from "zod";
import { readYaml } from "./load-documents.ts";

const ForecastFile = z.strictObject({ accord: z.literal("forecast/1"), days: z.record(z.iso.date(), z.int().min(0)) });

/**
 * The locked forecast by day.
 *
 * @throws CommandError when the file cannot be read.
 */
export async function loadForecast(path: string | undefined): Promise<ReadonlyMap<string, number>> {
  if (path === undefined) return new Map();
  const { days } = await readYaml(path, ForecastFile);
  return new Map(Object.entries(days));
}
