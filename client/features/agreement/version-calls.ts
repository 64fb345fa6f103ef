import { z } from "zod";
import { WhatIf } from "../../../shared/protocol/compare.ts";
import { VersionView } from "../../../shared/protocol/version.ts";
import { call } from "../../live/api.ts";

/** How many months a draft is judged over. */
export const WHAT_IF_MONTHS = 12;

function pathOf(agreementId: string, rest: string): string {
  return `/api/v1/agreements/${encodeURIComponent(agreementId)}/${rest}`;
}

export function readVersions(agreementId: string): Promise<VersionView[]> {
  return call({ path: pathOf(agreementId, "versions"), answer: z.array(VersionView) });
}

export function proposeVersion(agreementId: string, text: string): Promise<VersionView> {
  const body = { text, operationId: crypto.randomUUID() };
  return call({ method: "POST", path: pathOf(agreementId, "versions"), body, answer: VersionView });
}

/** Signs exactly the text that was read: its hash goes along. */
export function signVersion(agreementId: string, { version, sha256 }: VersionView): Promise<VersionView> {
  const body = { sha256, operationId: crypto.randomUUID() };
  return call({ method: "POST", path: pathOf(agreementId, `versions/${version}/sign`), body, answer: VersionView });
}

/** Withdraws one's own proposal, declines the other side's. */
export function endVersion(agreementId: string, version: number, note: string): Promise<VersionView> {
  const body = { note, operationId: crypto.randomUUID() };
  return call({ method: "POST", path: pathOf(agreementId, `versions/${version}/end`), body, answer: VersionView });
}

export function askWhatIf(agreementId: string, text: string): Promise<WhatIf> {
  const body = { text, months: WHAT_IF_MONTHS };
  return call({ method: "POST", path: pathOf(agreementId, "what-if"), body, answer: WhatIf });
}
