import { createHash } from "node:crypto";
import { parse } from "yaml";
import { Agreement } from "../../shared/agreement/agreement.ts";
import type { Verdict } from "../../shared/agreement/verdict.ts";
import type { WhatIf } from "../../shared/protocol/compare.ts";
import type { VersionView } from "../../shared/protocol/version.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { buildVerdict } from "./client-fixture.ts";
import { chatText, voiceText } from "./client-version-texts.ts";

const INGRID: PartyActor = { id: "p1", name: "Ingrid Holm", party: "client" };
const MARISOL: PartyActor = { id: "p9", name: "Marisol Reyes", party: "provider" };
const TOMAS: PartyActor = { id: "p8", name: "Tomás Faria", party: "provider" };
const at = (time: string) => Date.parse(time);

export function buildVersion(text: string, overrides: Partial<VersionView>): VersionView {
  const agreement = Agreement.parse(parse(text));
  const atMs = at(`${agreement.effectiveFrom}T09:00:00Z`) - 14 * 86_400_000;
  return {
    version: agreement.version,
    state: "in-force",
    seq: 4,
    agreement,
    text,
    sha256: createHash("sha256").update(text).digest("hex"),
    term: { from: agreement.effectiveFrom, to: null },
    proposedBy: MARISOL,
    proposedAtMs: atMs,
    signatures: [
      { by: MARISOL, atMs, onPaper: false },
      { by: INGRID, atMs: atMs + 26 * 3_600_000, onPaper: false },
    ],
    ended: null,
    findings: [],
    ...overrides,
  };
}

const BASE = {
  level: "80 %",
  variant: "{ metric: service-level, variant: short-excluded, withinSeconds: 20, shortAbandonSeconds: 10 }",
  handleTime: "6:30",
  exclusionKinds: "client-outage, force-majeure, volume",
};

const VOICE_TEXTS = {
  1: voiceText({ ...BASE, version: 1, reason: "The order of January 2026.", from: "2026-01-12", level: "78 %", handleTime: "7:00" }),
  2: voiceText({ ...BASE, version: 2, reason: "Everything stricter at once.", from: "2026-06-01", level: "85 %", handleTime: "5:45" }),
  3: voiceText({ ...BASE, version: 3, reason: "End of the ramp-up: the levels of the tender.", from: "2026-07-01" }),
  4: voiceText({
    ...BASE,
    version: 4,
    reason: "Callers who hang up early shall not count, and calls have become longer.",
    from: "2026-10-01",
    level: "82 %",
    variant: "{ metric: service-level, variant: ignore-within, withinSeconds: 20 }",
    handleTime: "6:45",
    exclusionKinds: "client-outage, force-majeure, volume, bad-client-feed",
  }),
};

const paperMs = at("2026-01-05T00:00:00Z");

/** Every version of an agreement of the story, newest first. */
export function versionsOfStory(agreementId: string): VersionView[] {
  if (agreementId === "acme-chat") {
    return [
      buildVersion(chatText({ version: 4, from: "2026-09-01", level: "88 %" }), {
        state: "proposed",
        seq: 1,
        term: null,
        proposedBy: INGRID,
        proposedAtMs: at("2026-09-18T12:10:00Z"),
        signatures: [],
      }),
      buildVersion(chatText({ version: 3, from: "2026-07-01", level: "85 %" }), { proposedBy: TOMAS }),
    ];
  }
  return [
    buildVersion(VOICE_TEXTS[4], {
      state: "proposed",
      seq: 1,
      term: null,
      proposedAtMs: at("2026-09-19T02:14:00Z"),
      signatures: [{ by: MARISOL, atMs: at("2026-09-19T02:14:00Z"), onPaper: false }],
      findings: FINDINGS,
    }),
    buildVersion(VOICE_TEXTS[3], {}),
    buildVersion(VOICE_TEXTS[2], {
      state: "declined",
      seq: 2,
      term: null,
      proposedBy: INGRID,
      signatures: [{ by: INGRID, atMs: at("2026-05-18T09:00:00Z"), onPaper: false }],
      ended: { by: MARISOL, atMs: at("2026-05-20T03:00:00Z"), note: "Not before the ramp-up is over." },
    }),
    buildVersion(VOICE_TEXTS[1], {
      term: { from: "2026-01-12", to: "2026-06-30" },
      signatures: [
        { by: INGRID, atMs: paperMs, onPaper: true },
        { by: MARISOL, atMs: paperMs, onPaper: true },
      ],
    }),
  ];
}

const FINDINGS: VersionView["findings"] = [
  {
    severity: "warning",
    path: "targets.csat.minimumSample",
    message: "50 answers prove a mean of 4.2 only to about 0.3 points.",
    dispute: "The month will often be not proven, and each side will read the open figure its own way.",
    remedy: "Ask for at least 200 answers, or agree what an unproven month counts as.",
  },
];

function monthVerdict(month: string, overrides: Partial<Verdict>): Verdict {
  const fromMs = Date.parse(`${month}-01T00:00:00+08:00`);
  const window = {
    kind: "month" as const,
    start: `${month}-01`,
    fromMs,
    toMs: fromMs + 30 * 86_400_000,
    open: month === "2026-09",
    part: false,
  };
  return buildVerdict({ window, ...overrides });
}

const MONTHS = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"];
/** Service level as agreed and under the draft, then handle time, in tenths of a percent and in seconds. */
const FIGURES = [
  [774, 802, 441],
  [791, 818, 428],
  [806, 829, 402],
  [812, 834, 398],
  [809, 826, 395],
  [803, 817, 391],
  [806, 824, 399],
  [798, 815, 396],
  [789, 810, 372],
] as const;

/** What the last months would have been under a draft. */
export function whatIfOfStory(text: string): WhatIf {
  const isBroken = !text.includes("windows");
  const rows = MONTHS.flatMap((month, index) => {
    const [sl = 0, draftSl = 0, aht = 0] = FIGURES[index] ?? [];
    const n = 43_180 + index * 391;
    const open = month === "2026-09";
    const wrong = open ? ("at-risk" as const) : ("missed" as const);
    const level = (tenths: number, expected: number) =>
      monthVerdict(month, {
        status: tenths >= expected ? "met" : wrong,
        value: { num: tenths * n, den: 1000 * n },
        n,
        expected: { mantissa: expected, dp: 3 },
      });
    const time = (expectedMs: number) =>
      monthVerdict(month, {
        targetId: "aht",
        unit: "duration",
        direction: "at-most",
        status: aht * 1000 <= expectedMs ? "met" : wrong,
        value: { num: aht * 1000 * n, den: n },
        n,
        expected: { mantissa: expectedMs, dp: 0 },
      });
    return [
      { targetId: "service-level", name: "Service level", now: level(sl, 800), draft: level(draftSl, 820) },
      { targetId: "aht", name: "Handle time", now: time(390_000), draft: time(405_000) },
    ];
  });
  return {
    findings: isBroken ? [] : FINDINGS,
    currency: "EUR",
    rows,
    credits: MONTHS.map((month, index) => ({
      start: `${month}-01`,
      now: [0, 0, 360_000, 360_000, 360_000, 360_000, 360_000, 780_000, 420_000][index] ?? 0,
      draft: [0, 0, 0, 0, 0, 420_000, 0, 420_000, 420_000][index] ?? 0,
    })),
  };
}
