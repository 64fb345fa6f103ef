import { PRESETS } from "../../../shared/feeds/presets.ts";

const FILES = import.meta.glob("../../../docs/examples/*-feed.yaml", { query: "?raw", import: "default" });

function pathOf(id: string): string {
  return `../../../docs/examples/${id}-feed.yaml`;
}

const OTHERS = [
  { id: "qa", title: "QA evaluations" },
  { id: "roster", title: "Agent roster, one file a day" },
  { id: "schedule", title: "Schedules of agents" },
  { id: "forecast", title: "Forecast of contacts" },
  { id: "bank", title: "Calls of a bank, with clocks that never ran" },
] as const;

/** Definitions that are shipped, to start from. */
export const SHIPPED = [...PRESETS.map(({ id, title }) => ({ id, title })), ...OTHERS];

/** The text of a shipped definition, fetched when it is asked for. */
export async function loadShipped(id: string): Promise<string> {
  const load = FILES[pathOf(id)];
  if (load === undefined) throw new Error(`There is no shipped definition "${id}".`);
  return String(await load());
}
