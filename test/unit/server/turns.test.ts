import { describe, expect, it } from "vitest";
import { steadyBody } from "../../../server/http/steady-body.ts";
import { Turns, Visit } from "../../../server/access/turns.ts";

const RULE = { most: 2, mostWaiting: 1, waitMs: 60_000 };

describe("turns", () => {
  it("are a few at a time for one sender, and others do not wait for it", async () => {
    const turns = new Turns(RULE);
    const [end] = [await turns.take("a"), await turns.take("a")];
    const taken: string[] = [];
    const third = turns.take("a").then(() => taken.push("a"));
    await turns.take("b").then(() => taken.push("b"));
    expect(taken).toEqual(["b"]);
    end();
    await third;
    expect(taken).toEqual(["b", "a"]);
  });

  it("are refused where the line is full, and where they do not come in time", async () => {
    const full = new Turns({ ...RULE, most: 1 });
    await full.take("a");
    void full.take("a");
    await expect(full.take("a")).rejects.toMatchObject({ code: "too-many", retryAfterSeconds: 1 });
    const late = new Turns({ most: 1, mostWaiting: 1, waitMs: 1 });
    const end = await late.take("a");
    await expect(late.take("a")).rejects.toMatchObject({ code: "too-many" });
    end();
    await expect(late.take("a")).resolves.toBeTypeOf("function");
  });
});

describe("a visit", () => {
  it("ends its turns together, and the one that comes afterwards at once", async () => {
    const turns = new Turns({ ...RULE, most: 1 });
    const end = await turns.take("a");
    const visit = new Visit();
    const late = visit.take(turns, "a");
    visit.end();
    end();
    await late;
    await expect(turns.take("a")).resolves.toBeTypeOf("function");
  });
});

describe("a body larger than the free bytes", () => {
  it("waits once for its turn before more of it is read", async () => {
    const steps: string[] = [];
    async function* body(): AsyncGenerator<Uint8Array> {
      for (let i = 1; i <= 4; i++) {
        steps.push(`piece ${i}`);
        yield await Promise.resolve(new Uint8Array(10));
      }
    }
    const steadiness = { everyMs: 10_000, leastBytes: 1, freeBytes: 15, bytesPerSecond: 1e9 };
    const whenLarge = async (): Promise<void> => void steps.push("its turn");
    const bytes = await Array.fromAsync(steadyBody(body(), steadiness, whenLarge));
    expect(bytes).toHaveLength(4);
    expect(steps).toEqual(["piece 1", "piece 2", "its turn", "piece 3", "piece 4"]);
  });
});
