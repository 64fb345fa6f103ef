/** How callers and agents of one queue behave. Means are seconds. */
export interface QueueModel {
  readonly id: string;
  /** Talk time: lognormal. */
  readonly talk: { readonly meanS: number; readonly sigma: number };
  /** Some calls are put on hold: exponential. */
  readonly hold: { readonly share: number; readonly meanS: number };
  /** After-call work: exponential; 0 means none. */
  readonly acwMeanS: number;
  /** Patience in the queue: exponential. */
  readonly patienceMeanS: number;
  /** Voice menu before the queue, and the share of callers who hang up in it. */
  readonly menu: { readonly meanS: number; readonly leaveShare: number } | null;
  /** Share of answered callers who answer the survey, and how many of a hundred give 1, 2, 3, 4 and 5. */
  readonly survey: { readonly share: number; readonly scores: readonly [number, number, number, number, number] } | null;
}

/** Mean seconds an agent is busy with one call; what staffing is computed from. */
export function handleMeanS(model: QueueModel): number {
  return model.talk.meanS + model.hold.share * model.hold.meanS + model.acwMeanS;
}
