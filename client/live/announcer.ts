/** What a screen reader is told: `polite` waits for a pause, `urgent` interrupts and is kept for new critical breaches. */
export type Urgency = "polite" | "urgent";

export interface Announced {
  readonly polite: string;
  readonly urgent: string;
}

/** Short enough to be news, long enough that a burst becomes one message. */
const GATHER_MS: Readonly<Record<Urgency, number>> = { polite: 700, urgent: 700 };
const PAUSE_MS = 10_000;

/** Gathers messages, so that a burst is spoken as one and never more often than every ten seconds. */
export class Announcer {
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #waiting: Record<Urgency, string[]> = { polite: [], urgent: [] };
  readonly #spokenAtMs: Record<Urgency, number> = { polite: -PAUSE_MS, urgent: -PAUSE_MS };
  readonly #timers: Partial<Record<Urgency, ReturnType<typeof setTimeout>>> = {};
  #said: Announced = { polite: "", urgent: "" };

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  readonly getSaid = (): Announced => this.#said;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  say(urgency: Urgency, message: string): void {
    this.#waiting[urgency].push(message);
    if (this.#timers[urgency] !== undefined) return;
    const restMs = this.#spokenAtMs[urgency] + PAUSE_MS - this.#nowMs();
    this.#timers[urgency] = setTimeout(() => this.#speak(urgency), Math.max(GATHER_MS[urgency], restMs));
  }

  #speak(urgency: Urgency): void {
    const messages = this.#waiting[urgency].splice(0);
    delete this.#timers[urgency];
    this.#spokenAtMs[urgency] = this.#nowMs();
    this.#said = { ...this.#said, [urgency]: gathered(messages) };
    for (const listener of this.#listeners) listener();
  }
}

/** One sentence for several messages: the first two in full, the rest as a count. */
export function gathered(messages: readonly string[]): string {
  const distinct = [...new Set(messages)];
  const shown = distinct.slice(0, 2).join(" ");
  return distinct.length <= 2 ? shown : `${distinct.length} new messages. ${shown} And ${distinct.length - 2} more.`;
}
