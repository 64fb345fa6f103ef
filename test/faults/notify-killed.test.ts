import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Alert } from "../../shared/alerts/alert.ts";
import { LOST_AFTER_MS } from "../../shared/alerts/delivery.ts";
import { Notifier } from "../../workers/notify/notifier.ts";
import { breakAt, type BreakPoint } from "../support/break-redis.ts";
import { NORTH, type NotifyStage, startNotifyStage } from "../support/notify-stage.ts";
import { raiseTestAlert } from "../support/test-alert.ts";

const FULL = process.env["ACCORD_TESTS"] === "full";

let stage: NotifyStage;
beforeAll(async () => {
  stage = await startNotifyStage();
  await stage.addChannel({ id: "hook", kind: "webhook", party: "provider" });
});
afterAll(async () => await stage?.stop());

/** A story of its own, so that what came of one death is not mixed with another's. */
async function raise(): Promise<Alert> {
  stage.worker.nowMs += 60_000;
  return await raiseTestAlert(stage.worker, NORTH, { signal: "critical" }, stage.worker.nowMs);
}

const plain = (text: string): string => text.replaceAll("=\r\n", "");
const letters = ({ id }: Alert): number => stage.mail.letters.filter(({ text }) => plain(text).includes(id)).length;
const hooks = ({ id }: Alert): number => stage.hook.got.filter(({ body }) => body.includes(id)).length;

/** Another worker finds what the dead one left, as often as there may be something to find. */
async function aftermath(alert: Alert): Promise<string> {
  for (let i = 0; i < 3; i++) {
    await stage.tell();
    stage.worker.nowMs += LOST_AFTER_MS;
  }
  const ends = (await stage.deliveries()).filter(({ alertId }) => alertId === alert.id);
  expect(ends.map(({ channel }) => channel)).toEqual(["hook", "mail.person:provider"]);
  for (const { channel, state } of ends) {
    const came = channel === "hook" ? hooks(alert) : letters(alert);
    expect(came, `${channel} of ${alert.id}`).toBeLessThanOrEqual(1);
    expect(["sent", "unknown"], `${channel} of ${alert.id}`).toContain(state);
    if (state === "sent") expect(came, `${channel} of ${alert.id}`).toBe(1);
  }
  return ends.map(({ state }) => state).join(" ");
}

/** Lets a worker in this process run into one of its commands, or through. @returns how many commands it sent. */
async function dieAt(at: BreakPoint | null): Promise<number> {
  const parts = stage.parts();
  await parts.redis.ping();
  const died = Promise.withResolvers<void>();
  const count = breakAt(parts.redis, at, died.resolve);
  const notifier = new Notifier(parts);
  const done = notifier.wake(NORTH).then(async () => await notifier.idle());
  await Promise.race([done, died.promise]);
  return count();
}

/** A real process, killed at one of its commands, or by whoever waits for its message. */
async function killAt(at: BreakPoint | null, arm: (kill: () => void) => void = () => undefined): Promise<void> {
  const { worker, mail } = stage;
  const args = [worker.redisServer.target.path, worker.parts.stateDir, String(mail.port), NORTH, String(worker.nowMs)];
  const point = at === null ? [] : [String(at.command), at.when];
  const child = spawn(process.execPath, ["test/support/run-notifier.ts", ...args, ...point], { stdio: "ignore" });
  arm(() => void child.kill("SIGKILL"));
  await once(child, "exit");
}

describe("a worker that dies while it tells of an alert", () => {
  it("at any of its commands leaves each message sent at most once, and nothing untold of which nobody knows", async () => {
    const first = await raise();
    const commands = await dieAt(null);
    expect(await aftermath(first)).toBe("sent sent");
    expect(commands).toBeGreaterThan(15);
    const ends = new Map<string, number>();
    for (let command = 1; command <= commands; command += FULL ? 1 : 5) {
      for (const when of ["before", "after"] as const) {
        const alert = await raise();
        await dieAt({ command, when });
        const end = await aftermath(alert);
        ends.set(end, (ends.get(end) ?? 0) + 1);
      }
    }
    // The points are where it hurts: of some messages nobody can know, and of most one can.
    expect([...ends.keys()].some((end) => end.includes("unknown"))).toBe(true);
    expect(ends.get("sent sent") ?? 0).toBeGreaterThan(0);
    if (FULL) process.stdout.write(`${commands} commands, both sides of each: ${JSON.stringify(Object.fromEntries(ends))}\n`);
  });

  it("by SIGKILL leaves them so as well", async () => {
    const points = FULL ? Array.from({ length: 40 }, (_, i) => i + 1) : [12];
    for (const command of points) {
      const alert = await raise();
      await killAt({ command, when: "after" });
      await aftermath(alert);
    }
  }, 120_000);

  it("by SIGKILL when the message is read and not yet answered leaves it unknown, and sent once", async () => {
    const { hook, mail } = stage;
    const [answer, taken] = [hook.answer, mail.taken];
    const alert = await raise();
    await killAt(null, (kill) => {
      let read = 0;
      const count = (): void => {
        read += 1;
        if (read === 2) kill();
      };
      hook.answer = count;
      mail.taken = count;
    });
    hook.answer = answer;
    mail.taken = taken;
    expect(await aftermath(alert)).toBe("unknown unknown");
    expect([letters(alert), hooks(alert)]).toEqual([1, 1]);
  });
});
