import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readDocuments } from "../../../server/documents/read-documents.ts";
import { VERDICT_STATUSES } from "../../../shared/agreement/verdict.ts";
import { Agreement } from "../../../shared/agreement/agreement.ts";
import { SERVICE_LEVEL_VARIANTS } from "../../../shared/metrics/measure.ts";
import { ERROR_CODES } from "../../../shared/protocol/errors.ts";
import { ROLES } from "../../../shared/protocol/role.ts";
import { ROUTES } from "../../../shared/protocol/routes.ts";
import { CLIENT_EVENTS, SERVER_EVENTS } from "../../../shared/protocol/socket-events.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const PAGES = ["README.md", "CONTRIBUTING.md", ...globSync("docs/**/*.md", { cwd: ROOT }).toSorted()];

function read(page: string): string {
  return readFileSync(path.join(ROOT, page), "utf8");
}

/** Files that a page links to, without anchors and without the web. */
function linksOf(page: string): string[] {
  return [...read(page).matchAll(/\]\((?<to>[^)#\s]+)(?:#[^)]*)?\)/gu)]
    .map((match) => match.groups?.["to"] ?? "")
    .filter((to) => !/^https?:/u.test(to));
}

/** What stands between `cat > file <<'END'` and END. */
function writtenFile(page: string, name: string): string {
  return new RegExp(`cat > ${name} <<'END'\\n(?<text>.*?)\\nEND\\n`, "su").exec(read(page))?.groups?.["text"] ?? "";
}

function foldersOf(part: string): string[] {
  const entries = readdirSync(path.join(ROOT, part), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== "public").map((entry) => `${entry.name}/`);
}

describe("the pages", () => {
  it.each(PAGES)("%s links to files that exist", (page) => {
    const missing = linksOf(page).filter((to) => !existsSync(path.resolve(ROOT, path.dirname(page), to)));
    expect(missing).toEqual([]);
  });

  it("draw a map of at most 60 lines that names every folder", () => {
    const map = read("docs/architecture.md");
    expect(map.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
    const lacking = ["shared", "server", "workers", "client"].flatMap(foldersOf).filter((folder) => !map.includes(`  ${folder}`));
    expect(lacking).toEqual([]);
  });

  it("keep a decision to one page of background, decision and consequences", () => {
    for (const page of PAGES.filter((one) => one.startsWith("docs/decisions/"))) {
      const words = read(page).split(/\s+/u).length;
      expect({ page, isShort: words <= 450 }).toEqual({ page, isShort: true });
      for (const part of ["**Background.**", "**Decision.**", "**Consequences."]) expect(read(page)).toContain(part);
    }
  });

  it("name every variant, status and role in the language", () => {
    const language = read("docs/language.md");
    expect([...SERVICE_LEVEL_VARIANTS, ...VERDICT_STATUSES, ...ROLES].filter((noun) => !language.includes(`\`${noun}\``))).toEqual([]);
  });

  it("give every error with its status, and every socket event", () => {
    const rows = read("docs/api.md").replaceAll(/ +/gu, " ");
    const errors = Object.entries(ERROR_CODES).map(([code, { status }]) => `| \`${code}\` | ${status} |`);
    const events = [...Object.keys(CLIENT_EVENTS), ...Object.keys(SERVER_EVENTS)].map((name) => `| \`${name}\` |`);
    expect([...errors, ...events].filter((row) => !rows.includes(row))).toEqual([]);
  });

  it("give every route that an agreement's people or machines may use", () => {
    const api = read("docs/api.md");
    const ofAgreements = Object.values(ROUTES).filter(({ policy }) => policy.access === "member" || policy.access === "group");
    const lacking = ofAgreements
      .map((route) => ({ ...route, short: route.path.replace("/api/v1/agreements/:agreementId/", "") }))
      .filter(({ method, path: whole, short }) => {
        const called = [`${method.toUpperCase()} ${short}`, `${method.toUpperCase()} ${whole}`, `/${short}`];
        return !called.some((each) => api.includes(each));
      });
    expect(lacking.map(({ method, path: whole }) => `${method} ${whole}`)).toEqual([]);
  });
});

describe("the examples in the pages", () => {
  it("of the README pass accord check without a word", () => {
    const [agreement, feed] = [writtenFile("README.md", "my/agreement.yaml"), writtenFile("README.md", "my/feed.yaml")];
    const documents = readDocuments({ name: "agreement", text: agreement }, [{ name: "feed", text: feed }]);
    expect(documents.problems).toEqual([]);
    expect(documents.agreement?.id).toBe("acme-voice");
  });

  it("of docs/agreements.md are a valid agreement", () => {
    const sample = /```yaml\n(?<text>.*?)```/su.exec(read("docs/agreements.md"))?.groups?.["text"] ?? "";
    expect(Agreement.safeParse(parse(sample)).error).toBeUndefined();
  });
});
