import type { RouteName } from "../../shared/protocol/routes.ts";
import type { ClientEventName } from "../../shared/protocol/socket-events.ts";

export const PRINCIPALS = [
  "nobody",
  "administrator",
  "client-manager",
  "qa-lead",
  "provider",
  "stranger",
  "outsider",
  "key",
  "sibling-key",
  "south-key",
  "revoked-key",
  "ended-session",
] as const;
export type Principal = (typeof PRINCIPALS)[number];

/**
 * Whose object a request is about. The roles belong to `north` (own); `stranger` and `south-key` to `south` (foreign);
 * `missing` is an agreement that does not exist, `absent` something that does not exist inside `north`.
 */
export const OBJECTS = ["own", "foreign", "missing", "absent"] as const;
export type ObjectKind = (typeof OBJECTS)[number];
export type Answer = "ok" | "401" | "403" | "404";

const ANSWERS: readonly string[] = ["ok", "401", "403", "404"];

function isAnswer(text: string): text is Answer {
  return ANSWERS.includes(text);
}

function isPrincipal(text: string): text is Principal {
  return PRINCIPALS.some((principal) => principal === text);
}

/** One line per principal: own, foreign, missing, absent. A line with one answer is for declarations without an object. */
function table(text: string): ReadonlyMap<Principal, readonly Answer[]> {
  const lines = text.trim().split("\n");
  return new Map(
    lines.map((line) => {
      const [principal = "", ...answers] = line.trim().split(/\s+/u);
      if (!isPrincipal(principal) || !answers.every(isAnswer)) throw new Error(`cannot read the line "${line}"`);
      return [principal, answers];
    }),
  );
}

const ANYBODY = table(PRINCIPALS.map((principal) => `${principal} ok`).join("\n"));
const USED_UP = table(PRINCIPALS.map((principal) => `${principal} 403`).join("\n"));

const SIGNED_IN = table(`
  nobody 401
  administrator ok
  client-manager ok
  qa-lead ok
  provider ok
  stranger ok
  outsider ok
  key 403
  sibling-key 403
  south-key 403
  revoked-key 401
  ended-session 401`);

const ADMINISTRATOR = table(`
  nobody 401
  administrator ok
  client-manager 403
  qa-lead 403
  provider 403
  stranger 403
  outsider 403
  key 403
  sibling-key 403
  south-key 403
  revoked-key 401
  ended-session 401`);

const MEMBERS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager ok  404 404 404
  qa-lead        ok  404 404 404
  provider       ok  404 404 404
  stranger       404 ok  404 404
  outsider       404 404 404 404
  key            403 404 404 403
  sibling-key    403 404 404 403
  south-key      404 403 404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

const MEMBERS_AND_KEYS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager ok  404 404 404
  qa-lead        ok  404 404 404
  provider       ok  404 404 404
  stranger       404 ok  404 404
  outsider       404 404 404 404
  key            ok  404 404 404
  sibling-key    404 404 404 404
  south-key      404 ok  404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

/** People belong to the workspace, so a person is there for its administrator or not at all. */
const ADMINISTRATOR_OF_PEOPLE = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager 403 403 403 403
  qa-lead        403 403 403 403
  provider       403 403 403 403
  stranger       403 403 403 403
  outsider       403 403 403 403
  key            403 403 403 403
  sibling-key    403 403 403 403
  south-key      403 403 403 403
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

const PROVIDERS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager 403 404 404 403
  qa-lead        403 404 404 403
  provider       ok  404 404 404
  stranger       404 ok  404 404
  outsider       404 404 404 404
  key            403 404 404 403
  sibling-key    403 404 404 403
  south-key      404 403 404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

const PROVIDERS_AND_KEYS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager 403 404 404 403
  qa-lead        403 404 404 403
  provider       ok  404 404 404
  stranger       404 ok  404 404
  outsider       404 404 404 404
  key            ok  404 404 404
  sibling-key    404 404 404 404
  south-key      404 ok  404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

/** Those who may bind their company: managers of the client and the provider's people. */
const SIGNERS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager ok  404 404 404
  qa-lead        403 404 404 403
  provider       ok  404 404 404
  stranger       404 ok  404 404
  outsider       404 404 404 404
  key            403 404 404 403
  sibling-key    403 404 404 403
  south-key      404 403 404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

/** The same answers but for some principals. */
function but(answers: Table, text: string): Table {
  return new Map([...answers, ...table(text)]);
}

/** A list of what the caller may hand in for; machines have it, too. */
const PEOPLE_AND_KEYS = but(SIGNED_IN, "key ok \n sibling-key ok \n south-key ok");
/** A group that does not exist is made. */
const ADMINISTRATOR_OF_GROUPS = but(ADMINISTRATOR_OF_PEOPLE, "administrator ok ok ok ok");
/** A group is there for those who may hand in for all its feeds; members of its agreements without the role learn that. */
const PROVIDERS_OF_GROUPS = but(PROVIDERS_AND_KEYS, "client-manager 403 404 404 404 \n qa-lead 403 404 404 404");

/** The forecast is the client's in both agreements of the stage, so the provider's people are refused. */
const FORECASTERS = table(`
  nobody         401 401 401 401
  administrator  ok  ok  404 404
  client-manager ok  404 404 404
  qa-lead        403 404 404 403
  provider       403 404 404 404
  stranger       404 403 404 404
  outsider       404 404 404 404
  key            403 404 404 403
  sibling-key    403 404 404 403
  south-key      404 403 404 404
  revoked-key    401 401 401 401
  ended-session  401 401 401 401`);

/** The client's people: the provider has scored first. */
const SECOND_SCORERS = but(SIGNERS, "qa-lead ok 404 404 404 \n provider 403 404 404 403 \n stranger 404 403 404 404");

type Table = ReadonlyMap<Principal, readonly Answer[]>;

/** The expected answers, written down apart from the declarations: a route without a line here does not compile. */
export const ROUTE_ANSWERS: Readonly<Record<RouteName, Table>> = {
  health: ANYBODY,
  setup: USED_UP,
  signIn: ANYBODY,
  session: SIGNED_IN,
  signOut: SIGNED_IN,
  people: ADMINISTRATOR,
  addPerson: ADMINISTRATOR,
  changePerson: ADMINISTRATOR_OF_PEOPLE,
  agreements: SIGNED_IN,
  addAgreement: ADMINISTRATOR,
  snapshot: MEMBERS,
  verdicts: MEMBERS,
  series: MEMBERS,
  driftList: MEMBERS,
  driftView: MEMBERS,
  questions: MEMBERS,
  blindSpots: MEMBERS,
  incubation: MEMBERS,
  coaching: MEMBERS,
  addCoaching: MEMBERS,
  calibrations: MEMBERS,
  calibration: MEMBERS,
  drawCalibration: SECOND_SCORERS,
  scoreAgain: SECOND_SCORERS,
  actOnAlert: MEMBERS,
  alertReport: MEMBERS,
  members: MEMBERS,
  keys: PROVIDERS,
  addKey: PROVIDERS,
  revokeKey: PROVIDERS,
  feeds: MEMBERS,
  addFeed: PROVIDERS,
  feedDefinition: MEMBERS,
  upload: PROVIDERS_AND_KEYS,
  pull: PROVIDERS,
  putPull: PROVIDERS,
  endPull: PROVIDERS,
  runPull: PROVIDERS,
  receipts: MEMBERS_AND_KEYS,
  feedReport: MEMBERS_AND_KEYS,
  receipt: MEMBERS_AND_KEYS,
  receiptErrors: MEMBERS_AND_KEYS,
  versions: MEMBERS,
  proposeVersion: SIGNERS,
  signVersion: SIGNERS,
  endVersion: SIGNERS,
  whatIf: SIGNERS,
  variants: MEMBERS,
  explain: MEMBERS,
  settlement: MEMBERS,
  claims: MEMBERS,
  restatements: MEMBERS,
  periods: MEMBERS,
  closePeriod: SIGNERS,
  refuseClosing: SIGNERS,
  addClaim: SIGNERS,
  decideClaim: SIGNERS,
  withdrawClaim: SIGNERS,
  forecasts: MEMBERS,
  putForecast: FORECASTERS,
  ledgerKey: SIGNED_IN,
  ledgerCheckpoint: MEMBERS,
  ledgerConsistency: MEMBERS,
  feedConsistency: MEMBERS_AND_KEYS,
  ledgerEntries: MEMBERS,
  ledgerBundle: SIGNERS,
  exports: MEMBERS,
  feedExports: MEMBERS,
  feedGroups: PEOPLE_AND_KEYS,
  putFeedGroup: ADMINISTRATOR_OF_GROUPS,
  endFeedGroup: ADMINISTRATOR_OF_PEOPLE,
  groupUpload: PROVIDERS_OF_GROUPS,
  channels: SIGNERS,
  addChannel: SIGNERS,
  putChannel: SIGNERS,
  endChannel: SIGNERS,
  alertDeliveries: SIGNERS,
  replayDelivery: SIGNERS,
  telling: SIGNED_IN,
  putTelling: SIGNED_IN,
};

export const EVENT_ANSWERS: Readonly<Record<ClientEventName, Table>> = {
  "agreement:watch": MEMBERS,
  "agreement:unwatch": MEMBERS,
  "alert:act": MEMBERS,
};

/** The declared answer of one cell; a cell without one fails the test that asks for it. */
export function declaredAnswer(answers: Table, principal: Principal, object: ObjectKind | "none"): Answer {
  const line = answers.get(principal);
  const answer = object === "none" ? line?.[0] : line?.[OBJECTS.indexOf(object)];
  if (answer === undefined) throw new Error(`no answer is declared for ${principal} and ${object}`);
  return answer;
}
