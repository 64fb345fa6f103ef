import type { Module } from "./house-modules.ts";

/** Each import cycle once, as the paths along it with the first repeated at the end. Type-only imports count: they tie modules together as well. */
export function findCycles(modules: readonly Module[]): string[][] {
  const graph = new Map(modules.map((module) => [module.path, module.imports.flatMap((one) => (one.target === null ? [] : [one.target]))]));
  const done = new Set<string>();
  const trail: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      cycles.push([...trail.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    trail.push(file);
    for (const target of graph.get(file) ?? []) visit(target);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}
