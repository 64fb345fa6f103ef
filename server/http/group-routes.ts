import type { Request } from "express";
import type { z } from "zod";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";
import { type FeedGroup, feedsOf, FeedGroup as GroupSchema, groupProblem } from "../../shared/feeds/group.ts";
import type { GroupUpload } from "../../shared/protocol/archive-routes.ts";
import { AppError, isErrorCode, toError } from "../../shared/protocol/errors.ts";
import { agreementOf, feedKey } from "../../shared/protocol/receipt.ts";
import { ROUTES } from "../../shared/protocol/routes.ts";
import { readAgreement } from "../../shared/store/agreements.ts";
import { endFeedGroup, listFeedGroups, putFeedGroup, readFeedGroup } from "../../shared/store/groups.ts";
import type { ReceivedFile } from "../../shared/store/raw-files.ts";
import { acceptReceipt } from "../../shared/store/receipts.ts";
import { actorOf, type Caller, callerId } from "../access/caller.ts";
import { decide, notFound } from "../access/decide.ts";
import { identify } from "../access/identify.ts";
import type { ServerParts } from "../parts.ts";
import { cutAfterAnswer } from "./cut-after-answer.ts";
import { toAppError } from "./error-response.ts";
import { limited, takeApart } from "./group-files.ts";
import { refusal } from "./input.ts";
import type { Handlers } from "./route-types.ts";
import { identifyRequest } from "./serve-route.ts";
import { filename, idempotencyKey, refuseWrongForm } from "./upload.ts";
import type { UploadGate } from "./upload-gate.ts";
import { withProof } from "./with-proof.ts";

type Names = "feedGroups" | "putFeedGroup" | "endFeedGroup" | "groupUpload";
type Outcome = z.input<typeof GroupUpload>["receipts"][number];

const MOST_KEYS = 50;
const MULTI_STATUS = 207;

/** Who covers which feed. A key belongs to one agreement, so a machine sends the others' in X-Accord-Keys. */
async function callersOf(parts: ServerParts, request: Request): Promise<Caller[]> {
  const more = (request.get("X-Accord-Keys") ?? "").split(",", MOST_KEYS).map((secret) => secret.trim());
  const secrets = more.filter((secret) => secret !== "");
  return await Promise.all([
    identifyRequest(parts, request),
    ...secrets.map((secret) => identify(parts, { authorization: `Bearer ${secret}`, sessionId: undefined })),
  ]);
}

/** Who of the callers may hand in for each feed. @throws AppError not-found, or not-allowed for members of all of them without the role. */
function coverOf(group: FeedGroup, callers: readonly Caller[]): ReadonlyMap<string, Caller> {
  const cover = new Map<string, Caller>();
  const refused = new Set<unknown>();
  for (const feedId of feedsOf(group)) {
    const scope = { agreementId: agreementOf(feedId), feedId };
    const decisions = callers.map((caller) => decide(ROUTES.upload.policy, caller, scope));
    const by = callers[decisions.indexOf("allow")];
    if (by === undefined) refused.add(decisions[0]);
    else cover.set(feedId, by);
  }
  if (refused.size === 0) return cover;
  if (refused.size === 1 && refused.has(403) && cover.size === 0)
    throw new AppError("not-allowed", "Your role does not allow this.", "Ask an administrator of the workspace for the role.");
  throw notFound();
}

function isCovered(group: FeedGroup, caller: Caller): boolean {
  return feedsOf(group).every((feedId) => decide(ROUTES.upload.policy, caller, { agreementId: agreementOf(feedId), feedId }) === "allow");
}

/** Whether a caller belongs to every agreement of a group; whoever lacks one must not learn of the others. */
function isSeen(group: FeedGroup, caller: Caller): boolean {
  return feedsOf(group).every(
    (feedId) => decide(ROUTES.feedExports.policy, caller, { agreementId: agreementOf(feedId), feedId }) === "allow",
  );
}

/** Where no agreement has a receipt, the file was not taken in at all. @throws AppError as the first of them says. */
function refuseIfNoneCame(receipts: readonly Outcome[]): void {
  const [error] = receipts.every(({ receipt }) => receipt === null) ? receipts.flatMap((one) => one.error ?? []) : [];
  if (error !== undefined && isErrorCode(error.code)) throw new AppError(error.code, error.message, error.remedy);
}

interface HandIn {
  readonly feedId: string;
  readonly by: Caller;
  readonly file: ReceivedFile;
  readonly names: { readonly idempotencyKey: string; readonly filename: string };
}

/** Files that cover several agreements: how they are taken apart, and the receipts that each agreement gets of its own. */
export function groupRoutes(parts: ServerParts, gate: UploadGate): Pick<Handlers, Names> {
  const { redis, rawFiles, clock, logger, driveQueue, limits } = parts;

  async function definitions(group: FeedGroup): Promise<FeedDefinition[]> {
    const found: FeedDefinition[] = [];
    for (const feedId of feedsOf(group)) {
      const agreementId = agreementOf(feedId);
      const stored = await readAgreement(redis, agreementId, clock());
      const feed = stored?.feeds.find(({ id }) => feedKey(agreementId, id) === feedId);
      if (feed === undefined) throw new AppError("bad-request", `There is no feed "${feedId}".`, "Correct routes, or add the feed first.");
      found.push(feed);
    }
    return found;
  }

  async function accept({ feedId, by, file, names }: HandIn): Promise<{ outcome: Outcome; created: boolean }> {
    const agreementId = agreementOf(feedId);
    const feed = feedId.slice(agreementId.length + 1);
    const wake = (): void => {
      driveQueue
        .hintOfReceipt(agreementId)
        .catch((error: unknown) => logger.warn({ event: "hint-lost", agreementId, reason: toError(error).message }));
    };
    try {
      const who = { actor: callerId(by), acceptedFrom: actorOf(by), nowMs: clock() };
      const { receipt, created } = await acceptReceipt(redis, { agreementId, feed, ...file, ...names, ...who }, wake);
      if (!created) await rawFiles.restore(file, receipt);
      return { outcome: { feedId, receipt: await withProof(parts, receipt), error: null }, created };
    } catch (thrown) {
      const { code, message, remedy } = toAppError(thrown);
      logger.warn({ event: "group-part-failed", feedId, reason: toError(thrown).message });
      return { outcome: { feedId, receipt: null, error: { code, message, remedy } }, created: false };
    }
  }

  async function handIn(group: FeedGroup, request: Request): Promise<z.input<typeof GroupUpload> & { created: boolean }> {
    const callers = await callersOf(parts, request);
    coverOf(group, callers);
    refuseWrongForm(request, limits.uploadBytes);
    const names = { idempotencyKey: idempotencyKey(request), filename: filename(request) };
    const [definition] = await definitions(group);
    const [first] = callers;
    if (definition === undefined || first === undefined) throw notFound();
    const [feedId = ""] = feedsOf(group);
    const entry = { sender: callerId(first), agreementId: agreementOf(feedId), request };
    const { files, ignored } = await gate.pass(entry, async (body, admitted) => {
      await admitted;
      return await takeApart({ rawFiles, group, definition, nowMs: clock() }, limited(body, limits.uploadBytes));
    });
    const cover = coverOf(group, await callersOf(parts, request));
    const receipts: Outcome[] = [];
    let anyCreated = false;
    for (const [feedId, file] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const { outcome, created } = await accept({ feedId, by: cover.get(feedId) ?? first, file, names });
      receipts.push(outcome);
      anyCreated ||= created;
    }
    refuseIfNoneCame(receipts);
    return { receipts, ignored: { rows: ignored.rows, lines: [...ignored.lines], values: [...ignored.values] }, created: anyCreated };
  }

  return {
    async feedGroups({ caller }) {
      const groups = (await listFeedGroups(redis)).map((group) => ({ ...group, mayHandIn: isCovered(group, caller) }));
      return groups.filter((group) => group.mayHandIn || isSeen(group, caller));
    },
    async putFeedGroup({ params: { groupId }, body }) {
      const group = GroupSchema.safeParse({ id: groupId, ...body });
      if (!group.success) throw refusal(group.error);
      const problem = groupProblem(await definitions(group.data));
      if (problem !== null) throw new AppError("bad-request", problem, "Correct the group, or the definitions of its feeds.");
      await putFeedGroup(redis, group.data);
      return group.data;
    },
    async endFeedGroup({ params: { groupId } }) {
      if ((await readFeedGroup(redis, groupId)) === null) throw notFound();
      await endFeedGroup(redis, groupId);
    },
    async groupUpload({ params: { groupId }, request, response }) {
      try {
        const group = await readFeedGroup(redis, groupId);
        if (group === null) throw notFound();
        const { created, ...answer } = await handIn(group, request);
        const whole = answer.receipts.every(({ error }) => error === null);
        response.status(whole ? (created ? 202 : 200) : MULTI_STATUS);
        return answer;
      } catch (error) {
        cutAfterAnswer(request);
        throw error;
      }
    },
  };
}
