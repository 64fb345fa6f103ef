import { describe, expect, it } from "vitest";
import { feedFiles, recordFiles } from "../../../client/features/exports/export-files.ts";
import { EXPORTS, FEED_EXPORTS } from "../../../shared/protocol/archive-routes.ts";
import { ROUTES } from "../../../shared/protocol/routes.ts";

describe("the files that an agreement can be taken along as", () => {
  it("are all that the server declares, each under its address and a label of its own", () => {
    const ofAgreement = ROUTES.exports.path.replace(":agreementId", "acme-voice");
    const ofFeed = ROUTES.feedExports.path.replace(":feedId", "acme-voice.calls");
    expect(recordFiles("acme-voice").map(({ href }) => href)).toEqual(EXPORTS.map((what) => ofAgreement.replace(":what", what)));
    expect(feedFiles("acme-voice.calls").map(({ href }) => href)).toEqual(FEED_EXPORTS.map((what) => ofFeed.replace(":what", what)));
    const labels = [...recordFiles("a"), ...feedFiles("a.b")].map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
