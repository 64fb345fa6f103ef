import { randomBytes } from "node:crypto";
import { AlertDelivery } from "../../shared/alerts/delivery.ts";
import type { ChannelKind } from "../../shared/alerts/channel-kind.ts";
import type { AlertSeverity, DutyRole } from "../../shared/agreement/alert-clauses.ts";
import { sealSecrets, type StoredChannel } from "../../shared/store/channels.ts";
import { agreementKeys } from "../../shared/store/keys.ts";
import { addPerson } from "../../shared/store/people.ts";
import { Notifier } from "../../workers/notify/notifier.ts";
import type { NotifyParts } from "../../workers/parts.ts";
import { type HookPeer, type MailPeer, startHookPeer, startMailPeer } from "./notify-peers.ts";
import { putDocuments } from "./put-documents.ts";
import { buildAgreement, buildFeed } from "./sample-agreement.ts";
import { startWorkerStage, type WorkerStage } from "./worker-stage.ts";

export const NOTIFY_NOW_MS = Date.parse("2026-11-20T12:00:00Z");
export const NORTH = "north";
export const SIGNING_SECRET = `whsec_${randomBytes(24).toString("base64")}`;

export interface NotifyStage {
  readonly worker: WorkerStage;
  readonly mail: MailPeer;
  readonly hook: HookPeer;
  /** Parts of a worker that hands mail to the peer. */
  parts(): NotifyParts;
  addChannel(channel: { id: string; kind: ChannelKind; party: "client" | "provider"; minSeverity?: AlertSeverity }): Promise<void>;
  /** Wakes a worker and waits until everything that it began has ended. */
  tell(): Promise<void>;
  deliveries(): Promise<AlertDelivery[]>;
  stop(): Promise<void>;
}

/** The agreement `north` with a person of each role named after it, a mail server and a server for webhooks; no channels. */
export async function startNotifyStage(): Promise<NotifyStage> {
  const [worker, mail, hook] = await Promise.all([startWorkerStage(NOTIFY_NOW_MS), startMailPeer(), startHookPeer()]);
  await putDocuments(worker.redis, { agreement: buildAgreement(), feeds: [buildFeed()], nowMs: NOTIFY_NOW_MS });
  const roles: DutyRole[] = ["provider", "qa-lead", "client-manager"];
  for (const role of roles) {
    const record = { id: role, email: `${role}@example.com`, name: role, administrator: false, password: "x" };
    await addPerson(worker.redis, { ...record, memberships: [{ agreementId: NORTH, role }] });
  }
  const settings = { host: "127.0.0.1", port: mail.port, secure: false, login: null, from: "Accord <accord@example.com>" };
  const parts = (): NotifyParts => ({ ...worker.anotherWorker(), mail: settings });
  const notifier = new Notifier(parts());
  return {
    worker,
    mail,
    hook,
    parts,
    async addChannel({ id, kind, party, minSeverity = "warning" }) {
      const url = `${hook.url}/${id}`;
      const sealed = sealSecrets(worker.parts.keyRing, NORTH, id, { url, signingSecret: kind === "webhook" ? SIGNING_SECRET : null });
      const channel: StoredChannel = {
        id,
        kind,
        party,
        minSeverity,
        sealed,
        name: id,
        enabled: true,
        host: "127.0.0.1",
        changedAtMs: NOTIFY_NOW_MS,
        changedBy: "test",
      };
      await worker.redis.hset(agreementKeys(NORTH).channels, id, JSON.stringify(channel));
    },
    async tell() {
      await notifier.wake(NORTH);
      await notifier.idle();
    },
    async deliveries() {
      const texts = await worker.redis.hvals(agreementKeys(NORTH).alertDeliveries);
      return texts.map((text) => AlertDelivery.parse(JSON.parse(text))).toSorted((a, b) => (a.key < b.key ? -1 : 1));
    },
    async stop() {
      await notifier.idle();
      await Promise.all([mail.close(), hook.close()]);
      await worker.stop();
    },
  };
}
