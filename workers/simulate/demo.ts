import { createZone } from "../../shared/calendar/zone.ts";
import { BANK_1999 } from "./centre/bank-facts.ts";
import type { Line } from "./centre/line.ts";
import type { QueueModel } from "./centre/queue-model.ts";
import type { Desk } from "./script/desk.ts";

/** The two providers of the demonstration: agreements and feeds as in `docs/examples/demo`. */
export const MANILA = { agreement: "manila-voice", intervals: "acd-intervals", zone: createZone("Asia/Manila") } as const;
export const LISBON = {
  agreement: "lisbon-voice",
  calls: "call-records",
  surveys: "surveys",
  evaluations: "evaluations",
  roster: "roster",
  zone: createZone("Europe/Lisbon"),
} as const;

const EXTRAS = { menu: null, survey: null } as const;

function insurance(id: string, talkMeanS: number, acwMeanS: number): QueueModel {
  const talk = { meanS: talkMeanS, sigma: 0.7 };
  return { id, talk, hold: { share: 0.25, meanS: 45 }, acwMeanS, patienceMeanS: BANK_1999.patienceMeanS, ...EXTRAS };
}

const manila = {
  zone: MANILA.zone,
  perDay: 400,
  safety: { usual: 1.1, thin: 0.2, steady: 2.4, lean: 0.57 },
  live: { callsPerHour: 240, safety: 3 },
} as const;

/** First provider: two ordinary queues, reported as interval counts. */
export const MANILA_LINES: readonly Line[] = [
  { ...manila, model: insurance("claims", 150, 30) },
  { ...manila, model: insurance("policies", 125, 20) },
];

/** First provider: the small desk that the script plays with. A call takes seconds: place and plate, then the patrol is sent. */
export const DESK_MODEL: QueueModel = {
  id: "roadside",
  talk: { meanS: 5, sigma: 0.4 },
  hold: { share: 0, meanS: 0 },
  acwMeanS: 1,
  patienceMeanS: 16,
  ...EXTRAS,
};
export const ROADSIDE: Desk = { queue: DESK_MODEL.id, zone: MANILA.zone, perDay: 130 };

/** Second provider: one pool, reported call by call, with a survey afterwards. */
export const LISBON_LINE: Line = {
  model: {
    id: "service",
    talk: { meanS: BANK_1999.serviceMeanS, sigma: BANK_1999.serviceSigma },
    hold: { share: 0, meanS: 0 },
    acwMeanS: 0,
    patienceMeanS: BANK_1999.patienceMeanS,
    menu: { meanS: BANK_1999.menuMeanS, leaveShare: BANK_1999.leaveInMenuShare },
    survey: { share: 0.35, scores: [2, 3, 5, 32, 58] },
  },
  zone: LISBON.zone,
  perDay: 480,
  safety: { usual: 0.8, thin: 0, steady: 1.6, lean: 0.8 },
  live: { callsPerHour: 500, safety: 1.6 },
};
