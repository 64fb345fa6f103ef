import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportAgreement } from "../../server/cli/export.ts";
import { EXPORTS } from "../../shared/protocol/archive-routes.ts";
import { unescapeCell } from "../../shared/feeds/escaped-cell.ts";
import { createRecordSplitter } from "../../shared/feeds/record-splitter.ts";
import { Receipt } from "../../shared/protocol/receipt.ts";
import { ledgerSize } from "../../shared/store/ledger-tree.ts";
import type { HttpClient } from "../support/http-client.ts";
import { FEED_HEADER } from "../support/sample-agreement.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { setStage, signedIn } from "../support/stage.ts";
import { raiseTestAlert } from "../support/test-alert.ts";

let server: TestServer;
let provider: HttpClient;
let client: HttpClient;

beforeAll(async () => {
  server = await startServer();
  await setStage(server);
  [provider, client] = await Promise.all([signedIn(server, "provider"), signedIn(server, "client-manager")]);
});
afterAll(() => server.stop());

function table(text: string): string[][] {
  const splitter = createRecordSplitter(",");
  return [...splitter.push(text.replace(/^\ufeff/u, "")), ...splitter.end()].map((cells) => cells.map(unescapeCell));
}

describe("exports of an agreement", () => {
  it("are CSV that no spreadsheet runs, with offsets and the signed state of the ledger", async () => {
    const name = '=HYPERLINK("http://x"),1.csv';
    const sent = await provider.upload("north.calls", `${FEED_HEADER}2026-11-20,08:00,10,9,1,8\n`, {
      "X-Filename": encodeURIComponent(name),
    });
    const { id, sha256, acceptedAtMs } = sent.as(Receipt);
    const reply = await client.get("/api/v1/agreements/north/exports/receipts.csv");
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toBe('attachment; filename="accord-north-receipts.csv"');
    expect(reply.text).toContain(`"'=HYPERLINK(""http://x""),1.csv"`);
    const [columns = [], row = []] = table(reply.text);
    const cell = (column: string): string | undefined => row[columns.indexOf(column)];
    expect([cell("receipt"), cell("filename"), cell("sha256")]).toEqual([id, name, sha256]);
    expect(cell("accepted")).toMatch(/[+]0[12]:00$/u);
    expect(Date.parse(cell("accepted") ?? "")).toBe(acceptedAtMs);
    const checkpoint = Buffer.from(reply.headers.get("x-accord-checkpoint") ?? "", "base64").toString("utf8");
    expect(checkpoint.split("\n")[1]).toBe(String(await ledgerSize(server.redis, "north")));
  });

  it.each(EXPORTS)("%s has its columns, and rows of as many cells", async (what) => {
    const [columns = [], ...rows] = table((await client.get(`/api/v1/agreements/north/exports/${what}`)).text);
    expect(columns.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toHaveLength(columns.length);
  });

  it("hold every entry of the ledger once, in order", async () => {
    const rows = table((await client.get("/api/v1/agreements/north/exports/ledger.csv")).text).slice(1);
    expect(rows.map(([index]) => Number(index))).toEqual(Array.from({ length: await ledgerSize(server.redis, "north") }, (_, i) => i));
    expect(JSON.parse(rows[0]?.[5] ?? "")).toMatchObject({ v: 1, agreement: "north" });
  });

  it("do not tell the client of alerts that are the provider's alone", async () => {
    const { id } = await raiseTestAlert(server, "north", { signal: "warning", audience: "provider" });
    const alerts = "/api/v1/agreements/north/exports/alerts.csv";
    expect((await provider.get(alerts)).text).toContain(id);
    expect((await client.get(alerts)).text).not.toContain(id);
  });

  it("of a feed that has no facts yet are their columns", async () => {
    const facts = await client.get("/api/v1/feeds/north.chats/exports/facts.csv");
    expect(table(facts.text)).toEqual([["day", "revision", "start", "queue", "offered", "answered", "abandoned", "answered-within-20000"]]);
    expect((await client.get("/api/v1/feeds/north.chats/exports/definition.yaml")).text).toContain("escaped: true");
    expect((await client.get("/api/v1/feeds/north.chats/exports/other.csv")).status).toBe(404);
  });

  it("lie in a folder after accord export, each as it is over HTTP", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "accord-export-"));
    const env = { ACCORD_REDIS_SOCKET: server.redisServer.target.path };
    const said: string[] = [];
    const common = { env, now: Date.now(), print: (line: string) => void said.push(line), status: () => undefined };
    expect(await exportAgreement({ ...common, args: ["--agreement", "north", "--out", folder] })).toBe(0);
    const ofFeeds = ["calls", "chats"].flatMap((feed) => [`${feed}-counters.csv`, `${feed}-definition.yaml`, `${feed}-facts.csv`]);
    expect(await readdir(folder)).toEqual([...EXPORTS, ...ofFeeds].toSorted((a, b) => (a < b ? -1 : 1)));
    expect((await readFile(path.join(folder, "receipts.csv"), "utf8")).replace("\ufeff", "")).toBe(
      (await provider.get("/api/v1/agreements/north/exports/receipts.csv")).text,
    );
    await expect(exportAgreement({ ...common, args: ["--agreement", "nowhere", "--out", folder] })).rejects.toThrow("nowhere");
    await rm(folder, { recursive: true });
  });
});
