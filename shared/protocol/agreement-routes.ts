import { z } from "zod";
import { ExclusionClaim } from "../settlement/claim.ts";
import { Settlement } from "../settlement/settlement.ts";
import { DecideClaim, Forecast, NewClaim, NewForecast, WithdrawClaim } from "./claims.ts";
import { Explanation, Variants, WhatIf, WhatIfRequest, WindowQuery } from "./compare.ts";
import { EndVersion, ProposeVersion, SignVersion, VersionView } from "./version.ts";

const ALL = ["client-manager", "qa-lead", "provider"] as const;
/** Those who may bind their company. */
const SIGNERS = ["client-manager", "provider"] as const;

/** Routes about what was promised: versions, claims, money, and the questions one may ask of a draft. */
export const AGREEMENT_ROUTES = {
  versions: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/versions",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(VersionView),
    summary: "Every version of an agreement, newest first",
  },
  proposeVersion: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/versions",
    policy: { access: "member", roles: SIGNERS },
    body: ProposeVersion,
    response: VersionView,
    summary: "Propose the next version to the other side",
  },
  signVersion: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/versions/:version/sign",
    policy: { access: "member", roles: SIGNERS },
    body: SignVersion,
    response: VersionView,
    summary: "Sign a proposed version for one's own side",
  },
  endVersion: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/versions/:version/end",
    policy: { access: "member", roles: SIGNERS },
    body: EndVersion,
    response: VersionView,
    summary: "Withdraw one's own proposal or decline the other side's",
  },
  whatIf: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/what-if",
    policy: { access: "member", roles: SIGNERS },
    body: WhatIfRequest,
    response: WhatIf,
    summary: "Judge the last months again under a draft",
  },
  variants: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/targets/:targetId/variants",
    policy: { access: "member", roles: ALL },
    body: null,
    query: WindowQuery,
    response: Variants,
    summary: "The same windows under every variant of the target's measure, priced",
  },
  explain: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/targets/:targetId/explanation",
    policy: { access: "member", roles: ALL },
    body: null,
    query: z.strictObject({ kind: WindowQuery.shape.kind, start: z.iso.date() }),
    response: Explanation,
    summary: "How one verdict came about, step by step",
  },
  settlement: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/settlement",
    policy: { access: "member", roles: ALL },
    body: null,
    response: Settlement,
    summary: "Credits, rights and deadlines as they stand",
  },
  claims: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/claims",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(ExclusionClaim),
    summary: "Every exclusion claim, newest first",
  },
  addClaim: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/claims",
    policy: { access: "member", roles: SIGNERS },
    body: NewClaim,
    response: ExclusionClaim,
    summary: "Claim that time be left out",
  },
  decideClaim: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/claims/:claimId/decide",
    policy: { access: "member", roles: SIGNERS },
    body: DecideClaim,
    response: ExclusionClaim,
    summary: "Decide the other side's claim",
  },
  withdrawClaim: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/claims/:claimId/withdraw",
    policy: { access: "member", roles: SIGNERS },
    body: WithdrawClaim,
    response: ExclusionClaim,
    summary: "Withdraw one's own undecided claim",
  },
  forecasts: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/forecasts",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(Forecast),
    summary: "Forecasts by month and when they lock",
  },
  putForecast: {
    method: "put",
    path: "/api/v1/agreements/:agreementId/forecasts/:month",
    policy: { access: "member", roles: SIGNERS },
    body: NewForecast,
    response: Forecast,
    summary: "Hand in a month's forecast before it locks",
  },
} as const;
