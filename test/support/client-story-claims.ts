import type { ExclusionClaim } from "../../shared/settlement/claim.ts";
import type { PartyActor } from "../../shared/settlement/party.ts";
import { INGRID } from "./client-people.ts";

const at = (stamp: string) => Date.parse(`${stamp}+08:00`);
const NORA: PartyActor = { id: "person:p9", name: "Nora Santos", party: "provider" };
const DAY_MS = 86_400_000;

interface ClaimStory {
  readonly id: string;
  readonly kind: ExclusionClaim["kind"];
  readonly targets?: ExclusionClaim["targets"];
  readonly from: string;
  readonly to: string;
  readonly noticed: string;
  readonly by: PartyActor;
  readonly evidence: string;
  readonly mitigation?: string;
  readonly decided?: { readonly state: ExclusionClaim["state"]; readonly at: string; readonly by: PartyActor; readonly note: string };
}

/** A claim as its story went: noticed within three days, to be decided within seven. */
export function buildClaim(story: ClaimStory): ExclusionClaim {
  const window = { fromMs: at(story.from), toMs: at(story.to) };
  const noticeAtMs = at(story.noticed);
  const { decided } = story;
  const first = { atMs: noticeAtMs, state: "claimed" as const, by: story.by, note: "" };
  return {
    id: story.id,
    kind: story.kind,
    targets: story.targets ?? ["service-level"],
    window,
    accepted: decided?.state === "accepted" ? [window] : [],
    evidence: story.evidence,
    mitigation: story.mitigation ?? "",
    noticeAtMs,
    noticeDueMs: window.toMs + 3 * DAY_MS,
    decideByMs: noticeAtMs + 5 * DAY_MS,
    state: decided?.state ?? "claimed",
    seq: decided === undefined ? 1 : 2,
    steps: decided === undefined ? [first] : [first, { atMs: at(decided.at), state: decided.state, by: decided.by, note: decided.note }],
  };
}

/** The claims of Acme Voice in September, newest first. */
export const VOICE_CLAIMS: readonly ExclusionClaim[] = [
  buildClaim({
    id: "c4",
    kind: "agreed-change",
    targets: ["abandonment"],
    from: "2026-09-19T09:00:00",
    to: "2026-09-19T10:00:00",
    noticed: "2026-09-20T11:00:00",
    by: INGRID,
    evidence: "Menu change of 19 Sep, ticket CHG-2291: callers were sent to the wrong queue for an hour.",
  }),
  buildClaim({
    id: "c3",
    kind: "force-majeure",
    from: "2026-09-17T15:00:00",
    to: "2026-09-17T16:30:00",
    noticed: "2026-09-18T18:00:00",
    by: NORA,
    evidence: "PAGASA bulletin 14: typhoon signal 3 for Metro Manila from 14:30. Building management closed the site at 15:00.",
    mitigation: "40 of 96 agents worked from home from 15:40; the Cebu site took the Claims queue.",
  }),
  buildClaim({
    id: "c2",
    kind: "agreed-change",
    from: "2026-09-11T13:00:00",
    to: "2026-09-11T14:00:00",
    noticed: "2026-09-12T09:00:00",
    by: NORA,
    evidence: "Team training on the new policy system.",
    decided: {
      state: "rejected",
      at: "2026-09-14T10:12:00",
      by: INGRID,
      note: "Training is not in clause 6.2 and was not agreed beforehand.",
    },
  }),
  buildClaim({
    id: "c1",
    kind: "client-outage",
    targets: "all",
    from: "2026-09-03T10:00:00",
    to: "2026-09-03T12:00:00",
    noticed: "2026-09-03T15:30:00",
    by: NORA,
    evidence: "Carrier incident INC-55120: no inbound calls reached the site between 10:02 and 11:47.",
    mitigation: "Agents moved to e-mail until the line was back.",
    decided: { state: "accepted", at: "2026-09-05T09:40:00", by: INGRID, note: "Confirmed by our carrier." },
  }),
];
