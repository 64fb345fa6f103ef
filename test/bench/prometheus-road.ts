import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { freePort } from "../support/system.ts";
import { remoteWriteBody } from "./remote-write.ts";

const READY_WITHIN_MS = 20_000;
const TOLD_WITHIN_MS = 15_000;

/** How a bad value gets into Prometheus: it is fetched, or it is pushed. */
export type Way = "scrape" | "remote-write";

/** Prometheus and Alertmanager on ports and folders of their own, with a webhook that notes when it is called. */
export interface PrometheusRoad {
  /** Makes the value of one desk bad and waits for the webhook: milliseconds between the two. */
  worsen(way: Way, desk: string): Promise<number>;
  stop(): Promise<void>;
}

const RULES = `
groups:
  - name: scraped
    interval: 1s
    rules:
      - { alert: scrape, expr: "scraped_level < 0.8" }
  - name: pushed
    interval: 1s
    rules:
      - { alert: remote-write, expr: "pushed_level < 0.8" }
`;

function prometheusConfig(target: number, alertmanager: number): string {
  return `
global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: [rules.yml]
alerting: { alertmanagers: [{ static_configs: [{ targets: ["127.0.0.1:${alertmanager}"] }] }] }
scrape_configs: [{ job_name: desks, static_configs: [{ targets: ["127.0.0.1:${target}"] }] }]
`;
}

/** Every alert is a group of its own, so that none waits for another. */
function alertmanagerConfig(webhook: number): string {
  return `
route: { receiver: hook, group_by: ["..."], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }
receivers: [{ name: hook, webhook_configs: [{ url: "http://127.0.0.1:${webhook}/", send_resolved: false }] }]
`;
}

const Told = z.object({ alerts: z.array(z.object({ status: z.string(), labels: z.record(z.string(), z.string()) })) });

function onPath(name: string): boolean {
  return (process.env["PATH"] ?? "").split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether both programs are on this machine. */
export function hasPrometheus(): boolean {
  return onPath("prometheus") && onPath("prometheus-alertmanager");
}

async function serve(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : 0 };
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    if (await isSo().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not in ${READY_WITHIN_MS} ms: ${what}`);
}

async function textOf(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

/** Prometheus finds its Alertmanager and its targets seconds after it is ready; what it fires before is lost for a minute. */
async function untilReady(prometheus: string, alertmanager: string, desk: string): Promise<void> {
  await until("Alertmanager ready", async () => (await fetch(`${alertmanager}/-/ready`)).ok);
  await until("Prometheus ready", async () => (await fetch(`${prometheus}/-/ready`)).ok);
  await until("Alertmanager found", async () => (await textOf(`${prometheus}/api/v1/alertmanagers`)).includes(alertmanager));
  await until("desks scraped", async () => (await textOf(`${prometheus}/api/v1/query?query=scraped_level`)).includes(desk));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}

/** Answers what is scraped, and tells when the webhook has been called about a desk. */
class Peers {
  readonly levels = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();

  readonly metrics: RequestListener = (_request, response) => {
    const lines = [...this.levels].map(([desk, level]) => `scraped_level{desk="${desk}"} ${level}\n`);
    response.setHeader("Content-Type", "text/plain; version=0.0.4").end(lines.join(""));
  };

  readonly webhook: RequestListener = (request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => void pieces.push(piece));
    request.on("end", () => {
      response.end();
      for (const { labels } of Told.parse(JSON.parse(Buffer.concat(pieces).toString())).alerts)
        this.#waiting.get(`${labels["alertname"]} ${labels["desk"]}`)?.();
    });
  };

  async told(way: Way, desk: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no webhook about ${desk} by ${way}`)), TOLD_WITHIN_MS);
      this.#waiting.set(`${way} ${desk}`, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

async function push(url: string, desk: string, value: number): Promise<void> {
  const body = remoteWriteBody({ labels: { __name__: "pushed_level", desk }, value, atMs: Date.now() });
  const headers = { "Content-Encoding": "snappy", "Content-Type": "application/x-protobuf", "X-Prometheus-Remote-Write-Version": "0.1.0" };
  const reply = await fetch(`${url}/api/v1/write`, { method: "POST", body, headers });
  if (!reply.ok) throw new Error(`remote write answered ${reply.status}: ${await reply.text()}`);
}

/** Starts both, with all desks good. A start fixes the phases of scraping and evaluating against each other. */
export async function prometheusRoad(desks: readonly string[]): Promise<PrometheusRoad> {
  const peers = new Peers();
  const [dir, port, alertmanagerPort] = await Promise.all([mkdtemp(path.join(tmpdir(), "bench-prometheus-")), freePort(), freePort()]);
  const [metrics, webhook] = await Promise.all([serve(peers.metrics), serve(peers.webhook)]);
  await Promise.all([
    writeFile(path.join(dir, "rules.yml"), RULES),
    writeFile(path.join(dir, "prometheus.yml"), prometheusConfig(metrics.port, alertmanagerPort)),
    writeFile(path.join(dir, "alertmanager.yml"), alertmanagerConfig(webhook.port)),
  ]);
  const url = `http://127.0.0.1:${port}`;
  const run = (program: string, flags: readonly string[]): ChildProcess => spawn(program, flags, { cwd: dir, stdio: "ignore" });
  const alertmanager = run("prometheus-alertmanager", [
    "--config.file=alertmanager.yml",
    "--storage.path=alertmanager",
    `--web.listen-address=127.0.0.1:${alertmanagerPort}`,
    "--cluster.listen-address=",
  ]);
  const prometheus = run("prometheus", [
    "--config.file=prometheus.yml",
    "--storage.tsdb.path=prometheus",
    `--web.listen-address=127.0.0.1:${port}`,
    "--web.enable-remote-write-receiver",
  ]);
  for (const desk of desks) peers.levels.set(desk, 1);
  await untilReady(url, `http://127.0.0.1:${alertmanagerPort}`, desks[0] ?? "");
  for (const desk of desks) await push(url, desk, 1);
  return {
    async worsen(way, desk) {
      const told = peers.told(way, desk);
      const startedAt = performance.now();
      if (way === "scrape") peers.levels.set(desk, 0);
      else await push(url, desk, 0);
      await told;
      return performance.now() - startedAt;
    },
    async stop() {
      await Promise.all([end(prometheus), end(alertmanager)]);
      metrics.server.close();
      webhook.server.close();
      metrics.server.closeAllConnections();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
