import { AppError } from "../../shared/protocol/errors.ts";
import { endVersion } from "../../shared/store/end-version.ts";
import { proposeVersion } from "../../shared/store/propose-version.ts";
import { signVersion } from "../../shared/store/sign-version.ts";
import { readVersions } from "../../shared/store/versions.ts";
import { notFound } from "../access/decide.ts";
import { partyActor } from "../access/party.ts";
import type { ServerParts } from "../parts.ts";
import { readDraft } from "../documents/read-draft.ts";
import type { Handlers } from "./route-types.ts";

type Names = "versions" | "proposeVersion" | "signVersion" | "endVersion";

/** Whatever is not a version's number names no version. */
function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw notFound();
  return Number(text);
}

/** Versions of an agreement: proposed by one side, signed by both. */
export function versionRoutes({ redis, clock, driveQueue }: ServerParts): Pick<Handlers, Names> {
  return {
    async versions({ params: { agreementId } }) {
      const versions = await readVersions(redis, agreementId, clock());
      if (versions.length === 0) throw notFound();
      return versions;
    },
    async proposeVersion({ params: { agreementId }, body, caller, response }) {
      const draft = await readDraft(redis, agreementId, body.text);
      const errors = draft.findings.filter(({ severity }) => severity === "error");
      if (draft.agreement === null || errors.length > 0) {
        const lines = errors.map(({ path, message, remedy }) => `${path}: ${message} ${remedy}`);
        throw new AppError(
          "bad-request",
          lines.join("\n"),
          "Correct the text; what-if shows the same findings before anything is proposed.",
        );
      }
      const { agreement, findings } = draft;
      const by = partyActor(caller, agreementId);
      const version = await proposeVersion(redis, { agreementId, agreement, findings, ...body, by, nowMs: clock() });
      response.status(201);
      return version;
    },
    async signVersion({ params: { agreementId, version }, body, caller }) {
      const by = partyActor(caller, agreementId);
      const signed = await signVersion(redis, { agreementId, version: versionNumber(version), ...body, by, nowMs: clock() });
      if (signed.state === "signed") await driveQueue.hint(agreementId);
      return signed;
    },
    endVersion({ params: { agreementId, version }, body, caller }) {
      const by = partyActor(caller, agreementId);
      return endVersion(redis, { agreementId, version: versionNumber(version), ...body, by, nowMs: clock() });
    },
  };
}
