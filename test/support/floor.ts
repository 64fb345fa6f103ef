import { type AgentDay } from "../../shared/drift/agent-days.ts";
import { type RandomStream } from "../../shared/stats/random.ts";
import { drawBeta, drawBinomial } from "../../shared/stats/random-draws.ts";

export interface FloorOptions {
  readonly agents: number;
  readonly days: number;
  readonly calls: number;
  /** Share of short calls of the floor, and of how many calls an agent's own share is worth (less = more different agents). */
  readonly share: number;
  readonly alike: number;
  /** The same of an agent's days. */
  readonly steady: number;
  /** Of the calls of each agent from here on, this share is hung up on besides. */
  readonly hungUp?: readonly number[];
}

/** A month of a floor whose agents differ and whose days differ, but whose brief calls are as often below the limit as above it. */
export function drawFloor(stream: RandomStream, { agents, days, calls, share, alike, steady, hungUp = [] }: FloorOptions): AgentDay[] {
  return Array.from({ length: agents }, (_, i) => {
    const own = Math.max(1e-4, drawBeta(stream, share * alike, (1 - share) * alike));
    return Array.from({ length: days }, (__, day) => {
      const today = Math.max(1e-5, drawBeta(stream, 2 * own * steady, (1 - 2 * own) * steady));
      const brief = drawBinomial(stream, calls, Math.min(0.9, today));
      const short = drawBinomial(stream, brief, 0.5);
      const cut = drawBinomial(stream, calls - brief, hungUp[i] ?? 0);
      const place = { agent: `agent-${i}`, day: `2026-10-${String(day + 1).padStart(2, "0")}`, queue: "sales" };
      return { ...place, n: calls, short: short + cut, next: brief - short };
    });
  }).flat();
}
