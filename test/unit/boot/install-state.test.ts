import { describe, expect, test } from "vitest";
import { explainInstallFailure, installFingerprint, installState, refuseNode } from "../../../server/boot/install-state.mjs";

const LINUX = { platform: "linux", arch: "x64" };

describe("whether packages must be installed", () => {
  const wanted = installFingerprint('{"lockfileVersion":3}', LINUX);

  test("no record means missing", () => {
    expect(installState(null, wanted)).toBe("missing");
  });

  test("the same lock on the same platform is current, whatever white space ends the record", () => {
    expect(installState(`${wanted}\n`, wanted)).toBe("current");
  });

  test("one changed byte of the lock is stale", () => {
    expect(installState(wanted, installFingerprint('{"lockfileVersion":4}', LINUX))).toBe("stale");
  });

  test("a folder copied from another platform is stale", () => {
    expect(installState(installFingerprint('{"lockfileVersion":3}', { platform: "darwin", arch: "arm64" }), wanted)).toBe("stale");
  });
});

describe("the Node that starts the bootstrap", () => {
  test.each(["20.0.0", "20.20.2", "26.10.0", "101.0.0"])("%s is enough", (version) => {
    expect(refuseNode(version)).toBeNull();
  });

  test.each(["8.17.0", "18.20.8", "19.9.0"])("%s is refused with the mend in one sentence", (version) => {
    const sentence = refuseNode(version);
    expect(sentence).toContain(version);
    expect(sentence).toContain("install a current one");
    expect(sentence?.split("\n")).toHaveLength(1);
  });
});

describe("a failed install", () => {
  test.each([
    ["npm error code ENOTFOUND\nnpm error network request to https://registry failed", "cannot be reached"],
    ["npm error code ETARGET\nnpm error notarget No matching version found", "lacks a package"],
    ["npm error code ENOSPC", "disk is full"],
    ["npm error code EACCES", "may not write"],
  ])("%j is told in one sentence with a mend", (output, part) => {
    const sentence = explainInstallFailure(output);
    expect(sentence).toContain(part);
    expect(sentence.split("\n")).toHaveLength(1);
  });

  test("for a reason that nobody has seen shows what npm printed", () => {
    expect(explainInstallFailure("npm error of a new kind\n")).toMatch(
      /^npm error of a new kind\nnpm install failed for the reason above/u,
    );
  });
});
