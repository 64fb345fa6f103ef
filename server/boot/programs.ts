/** In this order programs are stopped: whoever makes work first, whoever keeps it last. */
export const STAGES = ["front", "server", "worker", "store"] as const;
export type Stage = (typeof STAGES)[number];

/** What each stage may take to end; together 20 s. */
const GRACE_MS: Readonly<Record<Stage, number>> = { front: 2000, server: 7000, worker: 7000, store: 4000 };

export interface Program {
  stop(graceMs: number): Promise<void>;
  kill(): void;
}

/** Thrown into a start that was overtaken by a stop. */
export class StoppedEarly extends Error {}

/** The programs that run, so that they can be stopped in order. */
export class Programs {
  readonly #running: { readonly stage: Stage; readonly program: Program }[] = [];
  #stopping = false;

  /**
   * Takes a program in before it is started, so that a failing start is cleaned up too.
   * @throws StoppedEarly once stopping has begun
   */
  add<T extends Program>(stage: Stage, program: T): T {
    if (this.#stopping) throw new StoppedEarly("stopping");
    this.#running.push({ stage, program });
    return program;
  }

  get count(): number {
    return this.#running.length;
  }

  /** Stops stage after stage, those of one stage together. */
  async stopAll(): Promise<void> {
    this.#stopping = true;
    for (const stage of STAGES) {
      await Promise.all(this.#running.filter((one) => one.stage === stage).map((one) => one.program.stop(GRACE_MS[stage])));
    }
  }

  killAll(): void {
    this.#stopping = true;
    for (const { program } of this.#running) program.kill();
  }
}
