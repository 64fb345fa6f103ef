import { z } from "zod";
import { DaySeries, FeedHealth, Snapshot } from "./live.ts";
import { Receipt } from "./receipt.ts";
import { MemberRole, Person, type Role } from "./role.ts";
import { Verdict } from "../agreement/verdict.ts";
import { AGREEMENT_ROUTES } from "./agreement-routes.ts";
import { ALERT_ROUTES } from "./alert-routes.ts";
import { ARCHIVE_ROUTES } from "./archive-routes.ts";
import { CHANNEL_ROUTES } from "./channel-routes.ts";
import { DRIFT_ROUTES } from "./drift-routes.ts";
import { FEED_ROUTES } from "./feed-routes.ts";
import { LEDGER_ROUTES } from "./ledger-routes.ts";
import { PULL_ROUTES } from "./pull-routes.ts";
import { QUALITY_ROUTES } from "./quality-routes.ts";
import { RESTATEMENT_ROUTES } from "./restatement-routes.ts";

/**
 * Who may call a route. `public`: anybody. `signed-in`: any person. `administrator`: of the workspace.
 * `member`: people with one of the roles in the agreement that the path names (the administrator always counts);
 * for others the object does not exist (404); members without the role get 403.
 * `key`: also a machine with an API key that covers the feed in the path.
 * `group`: people and keys; what the path names is there for whoever may hand in for every feed of the group (else 404).
 */
export type Policy =
  | { readonly access: "public" }
  | { readonly access: "signed-in" }
  | { readonly access: "administrator" }
  | { readonly access: "group" }
  | { readonly access: "member"; readonly roles: readonly Role[]; readonly key?: true };

export interface RouteDeclaration {
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: string;
  readonly policy: Policy;
  readonly body: z.ZodType | null;
  readonly query?: z.ZodType;
  readonly response: z.ZodType | null;
  readonly summary: string;
}

const ALL = ["client-manager", "qa-lead", "provider"] as const;
const Id = z.string().max(200);
const Password = z.string().min(10, { error: "must have at least 10 characters" }).max(200);

export const SignIn = z.strictObject({ email: z.email().max(200), password: z.string().min(1).max(200) });
export const Session = z.strictObject({ person: Person, workspace: z.string() });
export const SetupRequest = z.strictObject({
  token: Id,
  workspace: z.string().min(1).max(80),
  email: z.email().max(200),
  name: z.string().min(1).max(80),
  password: Password,
});
export const NewPerson = z.strictObject({
  email: z.email().max(200),
  name: z.string().min(1).max(80),
  password: Password,
  administrator: z.boolean().default(false),
  memberships: z.array(z.strictObject({ agreementId: Id, role: MemberRole })).max(100),
});
/**
 * Only what is named changes. Taking the last membership away shuts a person out and cuts their open screens within two
 * seconds; a new password signs the person out everywhere.
 */
export const PersonChange = z.strictObject({
  memberships: z
    .array(z.strictObject({ agreementId: Id, role: MemberRole }))
    .max(100)
    .optional(),
  password: Password.optional(),
});
/** Agreement and feed files are sent as their text, YAML or JSON, and checked exactly as `accord check` does. */
export const NewAgreement = z.strictObject({
  agreement: z.string().max(200_000),
  feeds: z.array(z.string().max(200_000)).min(1).max(20),
  /** The administrator's word that both sides signed this text outside Accord; without it the first version waits for both. */
  signedOnPaper: z.strictObject({ client: z.string().min(1).max(80), provider: z.string().min(1).max(80), date: z.iso.date() }).optional(),
});
export const NewKey = z.strictObject({ name: z.string().min(1).max(60), feeds: z.array(Id).min(1).max(20) });
export const KeyView = z.strictObject({
  id: Id,
  name: z.string(),
  feeds: z.array(Id),
  createdAtMs: z.int(),
  lastUsedAtMs: z.int().nullable(),
});
export const NewKeyView = KeyView.extend({ secret: z.string() });
export const AgreementSummary = z.strictObject({
  id: Id,
  name: z.string(),
  client: z.string(),
  provider: z.string(),
  timeZone: z.string(),
  role: z.enum(["administrator", ...ALL]),
  /** False until both sides have signed the first version; then there are versions to read, and nothing else. */
  inForce: z.boolean(),
});

/** Every HTTP route of the server, declared once. Tests enumerate this table against every role and owner. */
export const ROUTES = {
  health: {
    method: "get",
    path: "/healthz",
    policy: { access: "public" },
    body: null,
    response: z.strictObject({ ok: z.boolean(), redis: z.enum(["up", "down"]), workers: z.enum(["up", "away", "unknown"]) }),
    summary: "Whether the server and its store answer, and whether workers are there",
  },
  setup: {
    method: "post",
    path: "/api/v1/setup",
    policy: { access: "public" },
    body: SetupRequest,
    response: Session,
    summary: "Create the first administrator with the one-time link",
  },
  signIn: { method: "post", path: "/api/v1/session", policy: { access: "public" }, body: SignIn, response: Session, summary: "Sign in" },
  session: {
    method: "get",
    path: "/api/v1/session",
    policy: { access: "signed-in" },
    body: null,
    response: Session,
    summary: "Who is signed in",
  },
  signOut: { method: "delete", path: "/api/v1/session", policy: { access: "signed-in" }, body: null, response: null, summary: "Sign out" },
  people: {
    method: "get",
    path: "/api/v1/people",
    policy: { access: "administrator" },
    body: null,
    response: z.array(Person),
    summary: "People of the workspace",
  },
  addPerson: {
    method: "post",
    path: "/api/v1/people",
    policy: { access: "administrator" },
    body: NewPerson,
    response: Person,
    summary: "Add a person with memberships",
  },
  changePerson: {
    method: "put",
    path: "/api/v1/people/:personId",
    policy: { access: "administrator" },
    body: PersonChange,
    response: Person,
    summary: "Change a person's memberships or password",
  },
  agreements: {
    method: "get",
    path: "/api/v1/agreements",
    policy: { access: "signed-in" },
    body: null,
    response: z.array(AgreementSummary),
    summary: "Agreements the caller belongs to",
  },
  addAgreement: {
    method: "post",
    path: "/api/v1/agreements",
    policy: { access: "administrator" },
    body: NewAgreement,
    response: AgreementSummary,
    summary: "Put an agreement and its feeds in force",
  },
  snapshot: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/snapshot",
    policy: { access: "member", roles: ALL },
    body: null,
    response: Snapshot,
    summary: "State of an agreement as of a sequence number",
  },
  verdicts: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/verdicts",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(Verdict),
    summary: "All published verdicts",
  },
  series: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/targets/:targetId/series",
    policy: { access: "member", roles: ALL },
    body: null,
    query: z.strictObject({ day: z.iso.date() }),
    response: DaySeries,
    summary: "Intervals of one day against the target",
  },
  keys: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/keys",
    policy: { access: "member", roles: ["provider"] },
    body: null,
    response: z.array(KeyView),
    summary: "API keys of an agreement's feeds",
  },
  addKey: {
    method: "post",
    path: "/api/v1/agreements/:agreementId/keys",
    policy: { access: "member", roles: ["provider"] },
    body: NewKey,
    response: NewKeyView,
    summary: "Make an API key; its secret is shown once",
  },
  revokeKey: {
    method: "delete",
    path: "/api/v1/agreements/:agreementId/keys/:keyId",
    policy: { access: "member", roles: ["provider"] },
    body: null,
    response: null,
    summary: "Revoke an API key",
  },
  feeds: {
    method: "get",
    path: "/api/v1/agreements/:agreementId/feeds",
    policy: { access: "member", roles: ALL },
    body: null,
    response: z.array(FeedHealth),
    summary: "Feeds of an agreement and their health",
  },
  upload: {
    method: "put",
    path: "/api/v1/feeds/:feedId/uploads",
    policy: { access: "member", roles: ["provider"], key: true },
    body: null,
    response: Receipt,
    summary: "Hand in a file: raw body, Idempotency-Key header",
  },
  receipts: {
    method: "get",
    path: "/api/v1/feeds/:feedId/receipts",
    policy: { access: "member", roles: ALL, key: true },
    body: null,
    response: z.array(Receipt),
    summary: "Latest receipts of a feed",
  },
  receipt: {
    method: "get",
    path: "/api/v1/receipts/:receiptId",
    policy: { access: "member", roles: ALL, key: true },
    body: null,
    response: Receipt,
    summary: "One receipt with its counts",
  },
  receiptErrors: {
    method: "get",
    path: "/api/v1/receipts/:receiptId/errors.csv",
    policy: { access: "member", roles: ALL, key: true },
    body: null,
    response: null,
    summary: "Refused rows with their original columns and reasons",
  },
  ...ALERT_ROUTES,
  ...AGREEMENT_ROUTES,
  ...FEED_ROUTES,
  ...RESTATEMENT_ROUTES,
  ...QUALITY_ROUTES,
  ...LEDGER_ROUTES,
  ...PULL_ROUTES,
  ...ARCHIVE_ROUTES,
  ...CHANNEL_ROUTES,
  ...DRIFT_ROUTES,
} as const satisfies Record<string, RouteDeclaration>;

export type RouteName = keyof typeof ROUTES;
