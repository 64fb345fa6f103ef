import { limitText } from "../metrics/number-text.ts";
import { SHORT_MS } from "./agent-days.ts";
import type { AgentFunnel } from "./agent-funnel.ts";
import type { Question } from "./question.ts";
import { countText, oddsText, shareText } from "./question-words.ts";

/** One question for each agent that the funnel names, by pseudonym; nothing of anybody else. */
export function askAboutShortCalls({ agents, judged }: AgentFunnel): Question[] {
  const limit = limitText(SHORT_MS / 1000);
  const twice = limitText((2 * SHORT_MS) / 1000);
  return agents
    .filter(({ verdict }) => verdict === "named")
    .map(({ agent, n, short, next, share, expected, limits, heapDays, chance }) => ({
      rule: "short-calls" as const,
      about: agent,
      question: `Why do so many calls of agent ${agent} end within ${limit}?`,
      evidence: [
        `${countText(short)} of ${countText(n)} answered calls took less than ${limit}: ${shareText(share)}. Colleagues have ${shareText(expected)} with the same calls, and nearly all of them at most ${shareText(limits.high)}.`,
        `${countText(next)} took from ${limit} to ${twice}. Whoever is only quick has more of those than of shorter ones; here the shorter ones are the most on ${heapDays.short} of ${heapDays.brief} days.`,
        `With ${judged} agents judged at once, somebody is named wrongly in ${oddsText(chance)} months.`,
      ],
      innocent: [
        "A headset or a line that drops calls at this place.",
        "Calls that reach this agent by mistake and are passed on at once, where passing on ends the call in the records.",
        "Test calls, or calls that a callback system connects after the customer has hung up.",
      ],
      chance,
    }));
}
