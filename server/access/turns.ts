import { tooMany } from "./growing-delay.ts";

export interface TurnRule {
  /** At the same time. */
  readonly most: number;
  /** Further ones that may stand in line, and how long. */
  readonly mostWaiting: number;
  readonly waitMs: number;
}

interface Line {
  busy: number;
  readonly waiting: (() => void)[];
}

/** Gives everybody a few turns at a time; who wants more waits in a line of their own, so that nobody else does. Each server counts for itself. */
export class Turns {
  readonly #rule: TurnRule;
  readonly #lines = new Map<string, Line>();

  constructor(rule: TurnRule) {
    this.#rule = rule;
  }

  /**
   * Waits for a turn.
   *
   * @returns what ends it, to be called once.
   * @throws AppError too-many where the line is full, or the turn does not come in time.
   */
  async take(who: string): Promise<() => void> {
    const line = this.#lines.get(who) ?? { busy: 0, waiting: [] };
    this.#lines.set(who, line);
    if (line.busy < this.#rule.most) line.busy += 1;
    else await this.#wait(line);
    return () => this.#pass(who, line);
  }

  async #wait({ waiting }: Line): Promise<void> {
    const { mostWaiting, waitMs } = this.#rule;
    if (waiting.length >= mostWaiting) throw tooMany(1000);
    const turn = Promise.withResolvers<void>();
    waiting.push(turn.resolve);
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(turn.resolve), 1);
      turn.reject(tooMany(1000));
    }, waitMs);
    await turn.promise.finally(() => clearTimeout(timer));
  }

  #pass(who: string, line: Line): void {
    const next = line.waiting.shift();
    if (next !== undefined) return next();
    line.busy -= 1;
    if (line.busy === 0) this.#lines.delete(who);
  }
}

/** The turns that one visit takes, ended together. */
export class Visit {
  readonly #ends: (() => void)[] = [];
  #isOver = false;

  /** Waits for a turn. One that comes when the visit is over, because whoever read ahead still stood in line, ends at once. */
  async take(turns: Turns, who: string): Promise<void> {
    this.#ends.push(await turns.take(who));
    if (this.#isOver) this.end();
  }

  end(): void {
    this.#isOver = true;
    for (const end of this.#ends.splice(0)) end();
  }
}
