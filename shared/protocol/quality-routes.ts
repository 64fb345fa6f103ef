import { z } from "zod";
import { BlindSpot } from "../drift/blind-spots.ts";
import { CalibrationLine, CalibrationView, SecondWord } from "../drift/calibration.ts";
import { Incubation } from "../drift/incubation.ts";
import { CoachingNote, CoachingView } from "../drift/coaching.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;
/** The provider has scored first. */
const SECOND = ["client-manager", "qa-lead"] as const;

/** What people do about quality, and what has come of it. Both sides see the same. */
export const QUALITY_ROUTES = {
  coaching: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/coaching",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(CoachingView),
    summary: "Coaching actions and their measured effect, the latest first",
  },
  addCoaching: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/coaching",
    policy: { access: "member", roles: ALL },
    body: z.strictObject({ ...CoachingNote.shape, operationId: z.uuid() }),
    response: CoachingView,
    summary: "Note a coaching action for a target and a cohort",
  },
  blindSpots: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/blind-spots",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(BlindSpot),
    summary: "What is agreed and not measured, or measured without what shows its price",
  },
  incubation: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/incubation",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(Incubation),
    summary: "How a new team comes on towards each target with levels by week, and whether it has passed the gate",
  },
  calibrations: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/calibrations",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(CalibrationLine),
    summary: "Samples of evaluations that are scored a second time, the latest first, with how far both scorers agree",
  },
  drawCalibration: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/calibrations",
    policy: { access: "member", roles: SECOND },
    body: z.strictObject({
      feed: z.string().max(60),
      from: z.iso.date(),
      to: z.iso.date(),
      size: z.int().min(1).max(200),
      operationId: z.uuid(),
    }),
    response: CalibrationView,
    summary: "Have the server draw evaluations at random, to be scored a second time",
  },
  calibration: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/calibrations/:calibrationId",
    policy: { access: "member", roles: ALL },
    body: null,
    response: CalibrationView,
    summary: "One sample: what is to be scored, without the first scores until everything is",
  },
  scoreAgain: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/calibrations/:calibrationId/records/:record",
    policy: { access: "member", roles: SECOND },
    body: z.strictObject({ said: SecondWord, operationId: z.uuid() }),
    response: CalibrationView,
    summary: "Score one drawn evaluation, or say why it is left out; it stays as it is",
  },
} as const;
