import { readFile } from "node:fs/promises";
import { z } from "zod";

/** Where the server is and the secret of each feed, `<agreement>.<feed>`, as the demo seed writes them. */
export const DemoKeys = z.object({ baseUrl: z.url(), feeds: z.record(z.string(), z.string().min(1)) });
export type DemoKeys = z.infer<typeof DemoKeys>;

/** @throws Error that names the file when it is missing or not as expected. */
export async function readDemoKeys(file: string): Promise<DemoKeys> {
  try {
    return DemoKeys.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    throw new Error(`${file} does not hold the demo's API keys; start the demo again so that it is written anew`, { cause });
  }
}
