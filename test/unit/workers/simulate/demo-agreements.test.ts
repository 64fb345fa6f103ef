import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Agreement } from "../../../../shared/agreement/agreement.ts";
import { checkAgreement } from "../../../../shared/agreement/lint/check.ts";
import { compileTarget } from "../../../../shared/agreement/compiled.ts";
import { FeedDefinition } from "../../../../shared/feeds/definition.ts";
import { DESK_MODEL, LISBON, LISBON_LINE, MANILA, MANILA_LINES } from "../../../../workers/simulate/demo.ts";

const folder = fileURLToPath(new URL("../../../../docs/examples/demo/", import.meta.url));
const documents: { accord: string }[] = readdirSync(folder).map((name) => parse(readFileSync(`${folder}${name}`, "utf8")));
const agreements = documents.filter(({ accord }) => accord === "agreement/1").map((document) => Agreement.parse(document));
const feeds = documents.filter(({ accord }) => accord === "feed/1").map((document) => FeedDefinition.parse(document));

describe("the agreements of the demonstration", () => {
  it.each(agreements.map((agreement) => [agreement.id, agreement] as const))(
    "%s passes the check, and its feeds can answer every target",
    (_, agreement) => {
      const named = feeds.filter(({ id }) => agreement.targets.some(({ feed }) => feed === id));
      expect(checkAgreement(agreement, named)).toEqual([]);
      expect(agreement.targets.map((target) => compileTarget(agreement, named, target).lacks)).toEqual(agreement.targets.map(() => null));
    },
  );

  it("are the ones the simulator hands in for, queue by queue", () => {
    const stated = [...agreements, ...feeds].map(({ id, timeZone }) => `${id} ${timeZone}`);
    const manila = [MANILA.agreement, MANILA.intervals].map((id) => `${id} ${MANILA.zone.timeZone}`);
    const lisbon = [LISBON.agreement, LISBON.calls, LISBON.surveys, LISBON.evaluations, LISBON.roster].map(
      (id) => `${id} ${LISBON.zone.timeZone}`,
    );
    expect(new Set(stated)).toEqual(new Set([...manila, ...lisbon]));
    const known = feeds.flatMap(({ queue }) => ("constant" in queue ? [queue.constant] : queue.known));
    const models = [...MANILA_LINES, LISBON_LINE].map(({ model }) => model.id);
    expect(new Set(known)).toEqual(new Set([...models, DESK_MODEL.id]));
  });
});
