import type { IncomingMessage } from "node:http";
import { text as readText } from "node:stream/consumers";
import { z } from "zod";
import { WhatIf, WhatIfRequest } from "../../shared/protocol/compare.ts";
import type { StreamEvent } from "../../shared/protocol/live.ts";
import type { Role } from "../../shared/protocol/role.ts";
import { EndVersion, ProposeVersion, SignVersion, VersionView } from "../../shared/protocol/version.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { buildVersion, versionsOfStory, whatIfOfStory } from "./client-versions.ts";

interface Stage {
  readonly role: Role;
  readonly nowMs: () => number;
  readonly append: (agreementId: string, event: StreamEvent) => void;
}

/** Versions that can be proposed, signed and ended, as the server would; answers `undefined` to what is none of its routes. */
export function createVersionAnswers({ role, nowMs, append }: Stage): (request: IncomingMessage, pathname: string) => Promise<unknown> {
  const books = new Map<string, VersionView[]>();
  const by: PartyActor =
    role === "provider" ? { id: "p9", name: "Marisol Reyes", party: "provider" } : { id: "p1", name: "Ingrid Holm", party: "client" };
  const bookOf = (agreementId: string) => books.get(agreementId) ?? versionsOfStory(agreementId);
  const keep = (agreementId: string, changed: VersionView): VersionView => {
    const others = bookOf(agreementId).filter(({ version }) => version !== changed.version);
    books.set(
      agreementId,
      [changed, ...others].toSorted((a, b) => b.version - a.version),
    );
    append(agreementId, { kind: "version:changed", version: changed.version, state: changed.state });
    return VersionView.parse(changed);
  };
  return async (request, pathname) => {
    const [, agreementId = "", rest = ""] = /^\/api\/v1\/agreements\/([^/]+)\/((?:versions|what-if).*)$/u.exec(pathname) ?? [];
    if (rest === "") return undefined;
    if (request.method === "GET") return z.array(VersionView).parse(bookOf(agreementId));
    const body: unknown = JSON.parse(await readText(request));
    if (rest === "what-if") return WhatIf.parse(whatIfOfStory(WhatIfRequest.parse(body).text));
    const [, number, step] = /^versions\/(\d+)\/(sign|end)$/u.exec(rest) ?? [];
    if (number === undefined) {
      const fresh = { state: "proposed" as const, seq: 1, term: null, proposedBy: by, proposedAtMs: nowMs(), signatures: [] };
      return keep(agreementId, buildVersion(ProposeVersion.parse(body).text, fresh));
    }
    const known = bookOf(agreementId).find(({ version }) => version === Number(number));
    if (known === undefined) return undefined;
    const seq = known.seq + 1;
    if (step === "end") {
      const state = known.proposedBy.party === by.party ? "withdrawn" : "declined";
      return keep(agreementId, { ...known, seq, state, ended: { by, atMs: nowMs(), note: EndVersion.parse(body).note } });
    }
    SignVersion.parse(body);
    const signatures = [...known.signatures, { by, atMs: nowMs(), onPaper: false }];
    return keep(agreementId, { ...known, seq, state: signatures.length === 2 ? "signed" : "proposed", signatures });
  };
}
