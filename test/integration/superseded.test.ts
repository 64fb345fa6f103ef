import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BENCH_FEED, BENCH_HEADER, benchAgreement } from "../bench/interval-file.ts";
import { startWorkerStage, type WorkerStage } from "../support/worker-stage.ts";

const HEADER = `${BENCH_HEADER},version`;
const row = (time: string, version: number): string => `q,2026-11-20,${time},10,${version},0,${version},0,0,0,${version}`;

describe("a feed whose rows carry a version of their own", () => {
  let stage: WorkerStage;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "accord-superseded-"));
    await writeFile(path.join(folder, "agreement.yaml"), benchAgreement("versions"));
    await writeFile(path.join(folder, "feed.yaml"), `${BENCH_FEED}version: { column: version, format: integer }\n`);
    stage = await startWorkerStage(Date.parse("2026-11-21T12:00:00Z"));
    await stage.putAgreement(path.join(folder, "agreement.yaml"), [path.join(folder, "feed.yaml")]);
  });
  afterAll(async () => {
    await stage?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("settles a late file as superseded when every row of it is known in a newer version", async () => {
    await stage.handIn("versions", "intervals", `${HEADER}\n${row("09:00", 5)}\n${row("09:15", 5)}\n`);
    const late = await stage.handIn("versions", "intervals", `${HEADER}\n${row("09:00", 3)}\n${row("09:15", 4)}\n`);
    expect(late).toMatchObject({ state: "superseded", counts: { rows: 2, applied: 0, duplicate: 2, rejected: 0 } });
    const partly = await stage.handIn("versions", "intervals", `${HEADER}\n${row("09:00", 4)}\n${row("09:15", 6)}\n`);
    expect(partly).toMatchObject({ state: "applied", counts: { rows: 2, applied: 1, restated: 1, duplicate: 1 } });
  });
});
