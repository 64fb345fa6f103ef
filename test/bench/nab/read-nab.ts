import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { LabelledSeries, Window } from "./scoring.ts";

const Windows = z.record(z.string(), z.array(z.tuple([z.string(), z.string()])));

function windowsOf(pairs: readonly (readonly [string, string])[], timestamps: readonly string[]): Window[] {
  const rowOf = (text: string): number => timestamps.indexOf(text.replace(/\.0+$/u, ""));
  return pairs.map(([from, to]) => ({ first: rowOf(from), last: rowOf(to) }));
}

/** The labelled series below a folder with NAB's own layout, by name. */
export function readNab(folder: string): LabelledSeries[] {
  const labels = Windows.parse(JSON.parse(readFileSync(path.join(folder, "labels", "combined_windows.json"), "utf8")));
  const data = path.join(folder, "data");
  const names = readdirSync(data).flatMap((part) => readdirSync(path.join(data, part)).map((file) => `${part}/${file}`));
  return names.toSorted().map((name) => {
    const [, ...rows] = readFileSync(path.join(data, name), "utf8").trim().split("\n");
    const cells = rows.map((row) => row.trim().split(","));
    const timestamps = cells.map(([timestamp = ""]) => timestamp);
    return { name, timestamps, values: cells.map(([, value]) => Number(value)), windows: windowsOf(labels[name] ?? [], timestamps) };
  });
}
