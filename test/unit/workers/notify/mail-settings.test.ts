import { describe, expect, it } from "vitest";
import { parseWorkerConfig } from "../../../../workers/config.ts";
import { mailSettings } from "../../../../workers/notify/mail-settings.ts";

const FROM = "Accord <accord@example.com>";

describe("the address of a mail server", () => {
  it.each([
    ["smtps://mail.example.com", { host: "mail.example.com", port: 465, secure: true, login: null }],
    ["smtp://mail.example.com", { port: 587, secure: false }],
    ["smtp://u%40x:p%2Fw@mail.example.com:2525", { port: 2525, login: { user: "u@x", pass: "p/w" } }],
  ])("%s says where, how and as whom", (url, settings) => {
    expect(mailSettings(url, FROM)).toMatchObject({ ...settings, from: FROM });
  });

  it.each(["mail.example.com", "https://mail.example.com", "smtp://", ""])("%j is none", (url) => {
    expect(() => mailSettings(url, FROM)).toThrow(RangeError);
  });
});

describe("a worker's settings", () => {
  const env = { REDIS_URL: "redis://localhost:6379" };

  it("send no mail unless they say where, and then in whose name", () => {
    expect(parseWorkerConfig(env)).toMatchObject({ mail: null, publicUrl: "http://localhost:4400" });
    const smtp = { ...env, ACCORD_SMTP_URL: "smtps://mail.example.com" };
    expect(() => parseWorkerConfig(smtp)).toThrow("a mail needs a sender");
    expect(() => parseWorkerConfig({ ...smtp, ACCORD_MAIL_FROM: "nobody\r\nBcc: x@y" })).toThrow("must be a mailbox");
    expect(parseWorkerConfig({ ...smtp, ACCORD_MAIL_FROM: FROM, ACCORD_PUBLIC_URL: "https://a.example/" })).toMatchObject({
      mail: { host: "mail.example.com", from: FROM },
      publicUrl: "https://a.example",
    });
  });
});
