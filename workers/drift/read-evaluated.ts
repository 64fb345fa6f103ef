import { setImmediate } from "node:timers/promises";
import type { Redis } from "ioredis";
import { figureOf } from "../../shared/agreement/figure.ts";
import type { EvaluatedCell } from "../../shared/drift/evaluator-effect.ts";
import { QA_FACTS } from "../../shared/facts/qa-fact.ts";
import type { StoredAgreement } from "../../shared/store/agreements.ts";
import { readRecordFacts } from "../../shared/store/record-facts.ts";
import { type CellsWanted, countedIn } from "./read-cells.ts";

/** What each evaluator gave each agent (each queue, where agents are not told apart) in two windows; evaluations without an evaluator are left out. */
export async function readEvaluated(redis: Redis, stored: StoredAgreement, wanted: CellsWanted): Promise<EvaluatedCell[]> {
  const { compiled, range } = wanted;
  const { feed } = compiled.target;
  const windowOf = countedIn(stored, wanted);
  const sharesOf = QA_FACTS.compileShares(compiled.counters, stored.intervalMs(feed));
  const cells = new Map<string, EvaluatedCell>();
  for await (const some of readRecordFacts(redis, stored.agreement.id, feed)) {
    for (const fact of some.map(QA_FACTS.unpack)) {
      const { evaluator, queue, agent, startMs } = fact;
      if (evaluator === null || startMs < range.fromMs || startMs >= range.toMs) continue;
      const window = windowOf(queue, startMs);
      const [share] = sharesOf(fact);
      const figure = window === null || share === undefined ? null : figureOf(compiled, share.added);
      if (window === null || figure === null) continue;
      const subject = agent === null ? `queue ${queue}` : `agent ${agent}`;
      const name = JSON.stringify([window, subject, evaluator]);
      const was = cells.get(name) ?? { window, subject, evaluator, n: 0, num: 0, sample: 0 };
      const { num, den } = figure.value;
      cells.set(name, { ...was, n: was.n + den, num: was.num + num, sample: was.sample + figure.n });
    }
    await setImmediate();
  }
  return [...cells.values()];
}
