import { readFeeds } from "../../shared/store/agreements.ts";
import { readRestatements } from "../../shared/store/restatements.ts";
import { notFound } from "../access/decide.ts";
import type { ServerParts } from "../parts.ts";
import type { Handlers } from "./route-types.ts";

/** Corrections of what was known. */
export function restatementRoutes({ redis }: ServerParts): Pick<Handlers, "restatements"> {
  return {
    async restatements({ params: { agreementId } }) {
      if ((await readFeeds(redis, agreementId)) === null) throw notFound();
      return readRestatements(redis, agreementId);
    },
  };
}
