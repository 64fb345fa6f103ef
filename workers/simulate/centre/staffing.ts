/**
 * Agents for a load by the square-root rule: load + safety × √load, rounded up, at least one.
 *
 * @param callsPerHour expected arrivals; @param handleMeanS mean seconds per call; @param safety 0 is lean, 2 is generous.
 */
export function agentsFor(callsPerHour: number, handleMeanS: number, safety: number): number {
  const load = (callsPerHour * handleMeanS) / 3600;
  return Math.max(1, Math.ceil(load + safety * Math.sqrt(load)));
}
