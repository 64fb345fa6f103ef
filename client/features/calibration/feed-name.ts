import type { AgreementState } from "../../live/agreement-state.ts";

/** The name of a feed as people know it; its id where it has left the agreement. */
export function feedName({ feeds }: Pick<AgreementState, "feeds">, feed: string): string {
  return [...feeds.values()].find((each) => each.feed === feed)?.name ?? feed;
}
