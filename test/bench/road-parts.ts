import type { System } from "../support/system.ts";
import { median, say } from "./report.ts";
import type { Passage } from "./road.ts";

/** A command that Redis was given, and when. */
interface Command {
  readonly atMs: number;
  readonly text: string;
}

/** Where one leg of the road begins, told by the first command after the leg before that contains these words. */
const MARKS: readonly { readonly leg: string; readonly words: readonly string[] }[] = [
  { leg: "request read, bytes on disk", words: [":op:accept-"] },
  { leg: "receipt committed, queued, taken up", words: [":lease ", ":epoch "] },
  { leg: "parsed and applied", words: [":dirty", "smembers"] },
  { leg: "read, judged", words: [":op:settle-"] },
];

/** Tells how long each leg of the road took, as seen by Redis, beside the start and the end of each passage. */
export interface RoadParts {
  note(passage: Passage): void;
  print(): void;
  stop(): void;
}

/** Listens to Redis (`MONITOR`), which slows everything a little. */
export async function watchParts({ redisServer }: System): Promise<RoadParts> {
  const monitor = await redisServer.connect().monitor();
  let heard: Command[] = [];
  const legs = new Map<string, number[]>();
  monitor.on("monitor", (time: string, args: readonly string[], source: string) => {
    // What a script calls is within the script's own time.
    if (source !== "lua") heard.push({ atMs: Number(time) * 1000, text: `${args.slice(0, 40).join(" ").slice(0, 4000)} ` });
  });
  function add(leg: string, value: number): void {
    legs.set(leg, [...(legs.get(leg) ?? []), value]);
  }
  return {
    note({ sentMs, answeredMs, shownMs }) {
      const during = heard.filter(({ atMs }) => atMs >= sentMs && atMs <= shownMs);
      heard = [];
      let fromMs = sentMs;
      for (const { leg, words } of MARKS) {
        const next = during.find(({ atMs, text }) => atMs >= fromMs && words.every((word) => text.includes(word)));
        if (next === undefined) return;
        add(leg, next.atMs - fromMs);
        fromMs = next.atMs;
      }
      add("committed, passed on by the server, drawn", shownMs - fromMs);
      add("(answered with 202 after)", answeredMs - sentMs);
      add("(commands given to Redis)", during.length);
    },
    print() {
      for (const [leg, values] of legs) say(`    ${leg}: ${median(values).toFixed(1)}${leg.includes("commands") ? "" : " ms"}`);
    },
    stop: () => monitor.disconnect(),
  };
}
