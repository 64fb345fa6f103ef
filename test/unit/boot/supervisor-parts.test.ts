import { EventEmitter } from "node:events";
import { describe, expect, test } from "vitest";
import { nextStart } from "../../../server/boot/backoff.ts";
import { matchDemoFiles } from "../../../server/boot/demo-files.ts";
import { describeLogins, inventLogins } from "../../../server/boot/demo-logins.ts";
import { explainPort } from "../../../server/boot/free-port.ts";
import { readLogLine } from "../../../server/boot/log-line.ts";
import { Programs, StoppedEarly, type Stage } from "../../../server/boot/programs.ts";
import { formatElapsed } from "../../../server/boot/progress.ts";
import { socketPlace } from "../../../server/boot/short-socket-path.ts";
import { listenForStop } from "../../../server/boot/stop-signals.ts";

describe("a program that ends by itself", () => {
  test("is started again after half a second, then twice as long each time, up to 15 s", () => {
    expect([0, 1, 2, 3, 4, 5, 20].map((failures) => nextStart(failures, 0).waitMs)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  test("is forgiven after a minute of calm", () => {
    expect(nextStart(9, 60_000)).toEqual({ waitMs: 500, failures: 1 });
  });
});

describe("a port that cannot be had", () => {
  const taken = Object.assign(new Error("listen"), { code: "EADDRINUSE" });

  test("is named with another one to type", () => {
    expect(explainPort({ host: "127.0.0.1", port: 4400 }, "npm start", taken)).toBe(
      "Port 4400 is taken by another program: choose another with `PORT=4500 npm start`.",
    );
  });

  test("below 1024 is told as root's", () => {
    const denied = Object.assign(new Error("listen"), { code: "EACCES" });
    expect(explainPort({ host: "127.0.0.1", port: 80 }, "npm start", denied)).toContain("PORT=4400 npm start");
  });

  test("suggests only ports that exist", () => {
    expect(explainPort({ host: "127.0.0.1", port: 65_535 }, "npm run demo", taken)).toContain("PORT=4400 npm run demo");
  });
});

describe("a unix socket", () => {
  const USER = { temporary: "/tmp", id: 7 };

  test("lies in the state folder", () => {
    expect(socketPlace("/srv/accord", "r.sock", USER)).toEqual({ path: "/srv/accord/r.sock", isShort: false });
  });

  test("lies in a short folder of this user when the path is longer than a socket's may be, always the same", () => {
    const deep = `/srv/${"x".repeat(100)}`;
    const place = socketPlace(deep, "r.sock", USER);
    expect(place).toEqual(socketPlace(deep, "r.sock", USER));
    expect(place.path).toMatch(/^\/tmp\/accord-7-[0-9a-f]{16}\/r\.sock$/u);
  });

  test("counts bytes, not letters", () => {
    expect(socketPlace(`/srv/${"ü".repeat(50)}`, "r.sock", USER).isShort).toBe(true);
  });
});

describe("a line of a program's log", () => {
  test.each([
    ['{"level":30,"event":"ready"}', { kind: "ready" }],
    ['{"level":50,"msg":"the disk is full"}', { kind: "error", message: "the disk is full" }],
    ['{"level":40,"msg":"slow"}', { kind: "other" }],
    ['{"level":50,"msg":"cut', { kind: "other" }],
    ["Error: something", { kind: "other" }],
  ])("%j is understood", (line, meaning) => {
    expect(readLogLine(line)).toEqual(meaning);
  });
});

describe("stopping", () => {
  test("goes front, server, workers, store, whatever the order of starting", async () => {
    const programs = new Programs();
    const ended: string[] = [];
    const program = (name: Stage) => ({ stop: async () => void ended.push(name), kill: () => undefined });
    for (const stage of ["store", "worker", "server", "front"] as const) programs.add(stage, program(stage));
    await programs.stopAll();
    expect(ended).toEqual(["front", "server", "worker", "store"]);
    expect(() => programs.add("worker", program("worker"))).toThrow(StoppedEarly);
  });

  test("one Ctrl-C that arrives three times is one request, a later one is impatience", async () => {
    const source = new EventEmitter();
    let nowMs = 0;
    let impatient = false;
    const signals = listenForStop(source, () => nowMs);
    void signals.askedAgain.then(() => (impatient = true));
    for (const atMs of [0, 5, 40]) {
      nowMs = atMs;
      source.emit("SIGINT");
    }
    await signals.asked;
    expect(impatient).toBe(false);
    nowMs = 2000;
    source.emit("SIGINT");
    await signals.askedAgain;
    expect(impatient).toBe(true);
  });
});

describe("the demonstration's files", () => {
  const agreement = (id: string, feed: string): string =>
    `accord: agreement/1\nid: ${id}\nparties: { client: A, provider: Hill ${id} }\ntargets: [{ id: t, feed: ${feed} }]\n`;
  const feed = (id: string): string => `accord: feed/1\nid: ${id}\n`;
  const read = matchDemoFiles([agreement("north", "calls"), feed("surveys"), feed("calls"), agreement("south", "surveys")]);

  test("give each agreement the feeds that its targets name", () => {
    expect(read.map(({ id, feeds }) => [id, feeds.map((one) => one.id)])).toEqual([
      ["north", ["calls"]],
      ["south", ["surveys"]],
    ]);
  });

  test("lead to one login per role and provider, no two passwords alike", () => {
    const logins = inventLogins(read);
    expect(logins.people.map((person) => [person.role, person.agreements])).toEqual([
      ["client-manager", ["north", "south"]],
      ["qa-lead", ["north", "south"]],
      ["provider", ["north"]],
      ["provider", ["south"]],
    ]);
    const passwords = [logins.administrator, ...logins.people].map((login) => login.password);
    expect(new Set(passwords).size).toBe(5);
    const printed = describeLogins(logins).join("\n");
    for (const password of passwords) expect(printed).toContain(password);
  });
});

test.each([
  [40, "40 ms"],
  [4210, "4.2 s"],
  [83_400, "83 s"],
])("%i ms is said as %s", (elapsedMs, text) => {
  expect(formatElapsed(elapsedMs)).toBe(text);
});
