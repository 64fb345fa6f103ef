/** A row of the list as it stands on the screen. */
export interface Stop {
  readonly key: string;
  /** Path and query of its address. */
  readonly to: string;
  readonly lane: string;
}

function stopOf(link: HTMLAnchorElement): Stop {
  return {
    key: link.closest<HTMLElement>("[data-key]")?.dataset["key"] ?? "",
    to: link.pathname + link.search,
    lane: link.closest<HTMLElement>("[data-lane]")?.dataset["lane"] ?? "",
  };
}

function stopsOf(list: HTMLElement | null): readonly Stop[] {
  return [...(list?.querySelectorAll<HTMLAnchorElement>("a.item") ?? [])].map(stopOf);
}

/** The row one step on from the current one, or the current one at either end. */
export function neighbour(list: HTMLElement | null, currentKey: string | null, step: 1 | -1): Stop | undefined {
  const stops = stopsOf(list);
  const at = stops.findIndex(({ key }) => key === currentKey);
  if (at < 0) return stops[0];
  return stops[Math.min(stops.length - 1, Math.max(0, at + step))];
}

/** The row to go on with when some leave their lane: the next below of the same lane, else the last above. */
export function successor(list: HTMLElement | null, leaving: ReadonlySet<string>): Stop | undefined {
  const stops = stopsOf(list);
  const at = stops.findLastIndex(({ key }) => leaving.has(key));
  const lane = stops[at]?.lane;
  const isNext = (stop: Stop) => stop.lane === lane && !leaving.has(stop.key);
  return stops.slice(at + 1).find(isNext) ?? stops.slice(0, Math.max(0, at)).findLast(isNext) ?? stops.find(({ key }) => !leaving.has(key));
}

/** Puts the focus on a row, if it is on the screen. */
export function focusRow(list: HTMLElement | null, key: string): void {
  const row = [...(list?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find((each) => each.dataset["key"] === key);
  row?.querySelector<HTMLAnchorElement>("a.item")?.focus();
}
