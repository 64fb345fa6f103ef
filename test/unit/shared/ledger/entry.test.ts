import { describe, expect, it } from "vitest";
import { canonicalText } from "../../../../shared/ledger/canonical.ts";
import { leafHash, LedgerEntry, openEntry, sealEntry } from "../../../../shared/ledger/entry.ts";
import { sha256 } from "../../../../shared/store/sha256.ts";

const COMMON = { v: 1, agreement: "north", atMs: 1_774_051_200_000, actor: "Accord" } as const;
const SHA = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

interface Golden {
  readonly entry: LedgerEntry;
  readonly text: string;
  readonly leaf: string;
}

/** The final format: a difference here means that ledgers already written no longer verify. Kinds are added, never changed. */
const GOLDEN: Record<LedgerEntry["kind"], Golden> = {
  "agreement-version": {
    entry: { ...COMMON, kind: "agreement-version", version: 1, sha256: SHA, feeds: [{ feed: "calls", sha256: SHA }] },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"feeds":[{"feed":"calls","sha256":"${SHA}"}],"kind":"agreement-version","sha256":"${SHA}","v":1,"version":1}`,
    leaf: "e2ad784b3c0a503f2a1bf229238e7af78e888e907d84497e3831d2bcde6f9ee7",
  },
  "receipt-accepted": {
    entry: { ...COMMON, kind: "receipt-accepted", actor: "key 7f3a", receipt: 12, feed: "calls", sha256: SHA, bytes: 4096 },
    text: `{"actor":"key 7f3a","agreement":"north","atMs":1774051200000,"bytes":4096,"feed":"calls","kind":"receipt-accepted","receipt":12,"sha256":"${SHA}","v":1}`,
    leaf: "51f2f3e0251b01a70ebf7e1f8a12302a1b1a86b2f819c1d713de88386c9b7b2f",
  },
  "receipt-settled": {
    entry: {
      ...COMMON,
      kind: "receipt-settled",
      receipt: 12,
      state: "applied",
      rows: 100,
      applied: 90,
      restated: 3,
      rejected: 4,
      duplicate: 6,
    },
    text: '{"actor":"Accord","agreement":"north","applied":90,"atMs":1774051200000,"duplicate":6,"kind":"receipt-settled","receipt":12,"rejected":4,"restated":3,"rows":100,"state":"applied","v":1}',
    leaf: "57a23493f8e274212c14e6f484908cbbc2c0df6d371c9fe70be9bf7b796240d7",
  },
  verdict: {
    entry: {
      ...COMMON,
      kind: "verdict",
      target: "service-level",
      version: 1,
      window: "day.2026-03-20",
      status: "missed",
      num: 16_402,
      den: 30_161,
    },
    text: '{"actor":"Accord","agreement":"north","atMs":1774051200000,"den":30161,"kind":"verdict","num":16402,"status":"missed","target":"service-level","v":1,"version":1,"window":"day.2026-03-20"}',
    leaf: "059b8e5b98dbe92024b6df356dfb5392319c64f771dd0087c1e5c6e1d842edaf",
  },
  /** Bytes and leaf computed with another program (Python's json and hashlib). */
  "verdict-sealed": {
    entry: {
      ...COMMON,
      kind: "verdict-sealed",
      target: "service-level",
      version: 1,
      window: "day.2026-03-20",
      status: "missed",
      num: 16_402,
      den: 30_161,
      default: "expected",
      sha256: SHA,
    },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"default":"expected","den":30161,"kind":"verdict-sealed","num":16402,"sha256":"${SHA}","status":"missed","target":"service-level","v":1,"version":1,"window":"day.2026-03-20"}`,
    leaf: "9d360f142f5f726b17a3ca2458b00b81b917b8cd75547d74c1d3079ab672c50b",
  },
  alert: {
    entry: {
      ...COMMON,
      kind: "alert",
      actor: "p-7",
      alert: "service-level.day.2026-03-20.1",
      seq: 2,
      transition: "acknowledged",
      noteSha256: SHA,
    },
    text: `{"actor":"p-7","agreement":"north","alert":"service-level.day.2026-03-20.1","atMs":1774051200000,"kind":"alert","noteSha256":"${SHA}","seq":2,"transition":"acknowledged","v":1}`,
    leaf: "bb12cc0c09dbe4cdf4409d0e60d6f569de6aa6b0f9d52f8efa3cfda05fd731b0",
  },
  "version-proposed": {
    entry: { ...COMMON, kind: "version-proposed", actor: "person:7", version: 2, party: "client", sha256: SHA },
    text: `{"actor":"person:7","agreement":"north","atMs":1774051200000,"kind":"version-proposed","party":"client","sha256":"${SHA}","v":1,"version":2}`,
    leaf: "7f89e95b4808dfaed48aaa5932cb87d82d531e063273ebe98fb04b0e6f926c62",
  },
  "version-signed": {
    entry: { ...COMMON, kind: "version-signed", actor: "person:9", version: 2, party: "provider", sha256: SHA, paperSha256: null },
    text: `{"actor":"person:9","agreement":"north","atMs":1774051200000,"kind":"version-signed","paperSha256":null,"party":"provider","sha256":"${SHA}","v":1,"version":2}`,
    leaf: "397705da0d562f12c7210bf9aba2b0ea2b0aaa54c0480b048508ed1462fc4b84",
  },
  "version-ended": {
    entry: { ...COMMON, kind: "version-ended", actor: "person:9", version: 2, party: "provider", state: "declined", noteSha256: SHA },
    text: `{"actor":"person:9","agreement":"north","atMs":1774051200000,"kind":"version-ended","noteSha256":"${SHA}","party":"provider","state":"declined","v":1,"version":2}`,
    leaf: "c66964b7311d77cf426bcea5c4b1e14c5abc7db2a5f200514ccd9ddd881ed75a",
  },
  "version-in-force": {
    entry: { ...COMMON, kind: "version-in-force", version: 2, from: "2026-04-01", sha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"from":"2026-04-01","kind":"version-in-force","sha256":"${SHA}","v":1,"version":2}`,
    leaf: "1bb60efc778b2d44d1acb63e2bf4d6e2a6f8f39e4029791bf60dd7766e3be9fc",
  },
  claim: {
    entry: { ...COMMON, kind: "claim", actor: "person:9", claim: "c1", seq: 2, state: "accepted", noteSha256: SHA },
    text: `{"actor":"person:9","agreement":"north","atMs":1774051200000,"claim":"c1","kind":"claim","noteSha256":"${SHA}","seq":2,"state":"accepted","v":1}`,
    leaf: "b09021bd886de00797fff01c8865c6381ff0a86b45142730322dff8115ed0faf",
  },
  forecast: {
    entry: { ...COMMON, kind: "forecast", actor: "person:7", month: "2026-04", sha256: SHA },
    text: `{"actor":"person:7","agreement":"north","atMs":1774051200000,"kind":"forecast","month":"2026-04","sha256":"${SHA}","v":1}`,
    leaf: "a308e2a7852a8f69b5e3c9eac986a7dc36519744d4f3f5948da6a4304ef1215a",
  },
  /** The bytes and leaves below were computed with another program (Python's json and hashlib). */
  "feed-defined": {
    entry: { ...COMMON, kind: "feed-defined", actor: "person:7", feed: "chats", sha256: SHA },
    text: `{"actor":"person:7","agreement":"north","atMs":1774051200000,"feed":"chats","kind":"feed-defined","sha256":"${SHA}","v":1}`,
    leaf: "fff247fb371eb50064254e0030f736f2daf133d1797346c8ace3db41c4dc09e8",
  },
  "period-replaced": {
    entry: { ...COMMON, actor: "accord", kind: "period-replaced", receipt: 14, from: "2026-03-01", to: "2026-03-31", withdrawn: 3 },
    text: `{"actor":"accord","agreement":"north","atMs":1774051200000,"from":"2026-03-01","kind":"period-replaced","receipt":14,"to":"2026-03-31","v":1,"withdrawn":3}`,
    leaf: "de073a985f69c4e32bff4f5f7d2cfa0eccef99239635d1fe793f6b3705ffe9eb",
  },
  restatement: {
    entry: { ...COMMON, kind: "restatement", receipt: 13, feed: "calls", rows: 3, sha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"feed":"calls","kind":"restatement","receipt":13,"rows":3,"sha256":"${SHA}","v":1}`,
    leaf: "4ebe9d8426fbf3c6b912459ec20b658bc866ff6e6347f8a852a092865f98ffc6",
  },
  "period-closed": {
    entry: { ...COMMON, kind: "period-closed", actor: "person:7", period: "month.2026-03-01", party: "client", watermark: 31, sha256: SHA },
    text: `{"actor":"person:7","agreement":"north","atMs":1774051200000,"kind":"period-closed","party":"client","period":"month.2026-03-01","sha256":"${SHA}","v":1,"watermark":31}`,
    leaf: "12f984895e19185e48a7e7b7488fb06682ed3424d3a28479407cd8eb8f0735c8",
  },
  "period-refused": {
    entry: {
      ...COMMON,
      kind: "period-refused",
      actor: "person:9",
      period: "month.2026-03-01",
      party: "provider",
      sha256: SHA,
      noteSha256: SHA,
    },
    text: `{"actor":"person:9","agreement":"north","atMs":1774051200000,"kind":"period-refused","noteSha256":"${SHA}","party":"provider","period":"month.2026-03-01","sha256":"${SHA}","v":1}`,
    leaf: "fa41180aacb5573f9e9b9b4b492907f611b7ee65743d570cf217c6f018621476",
  },
  "raw-condensed": {
    entry: { ...COMMON, kind: "raw-condensed", receipt: 12, rows: 90, sha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"kind":"raw-condensed","receipt":12,"rows":90,"sha256":"${SHA}","v":1}`,
    leaf: "0f0e2852af7edde3fb2a21b85b28b1b3ac04d359ef1f06e693c34ea87d905cc6",
  },
  erased: {
    entry: { ...COMMON, kind: "erased", actor: "person:7", what: "name", subject: "a1b2c3" },
    text: '{"actor":"person:7","agreement":"north","atMs":1774051200000,"kind":"erased","subject":"a1b2c3","v":1,"what":"name"}',
    leaf: "112850943e771cb07d1d09e3177ff2d53d0ae377d684b7e4b99f0e270435469a",
  },
  "coaching-noted": {
    entry: { ...COMMON, kind: "coaching-noted", coaching: "0a1b2c3d4e5f", target: "qa", sha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"coaching":"0a1b2c3d4e5f","kind":"coaching-noted","sha256":"${SHA}","target":"qa","v":1}`,
    leaf: "f3d5ed10d41f3b81632a58dc94572c03ce63221d6c361dbfb6a4fd97db6be781",
  },
  "calibration-drawn": {
    entry: {
      ...COMMON,
      kind: "calibration-drawn",
      calibration: "0a1b2c3d4e5f",
      feed: "qa",
      seed: "00ff",
      population: 400,
      populationSha256: SHA,
      drawn: 20,
      sha256: SHA,
    },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"calibration":"0a1b2c3d4e5f","drawn":20,"feed":"qa","kind":"calibration-drawn","population":400,"populationSha256":"${SHA}","seed":"00ff","sha256":"${SHA}","v":1}`,
    leaf: "71f47f01bb6903a658e00fe9dd62ea4ca587b015b6a0dbd1894fb40155935439",
  },
  "calibration-scored": {
    entry: { ...COMMON, kind: "calibration-scored", calibration: "0a1b2c3d4e5f", record: "00112233445566778899aabb", sha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"calibration":"0a1b2c3d4e5f","kind":"calibration-scored","record":"00112233445566778899aabb","sha256":"${SHA}","v":1}`,
    leaf: "b3995b0ba869e87d63adf43bda84b5b82afc47829f49bf59a0b3cbfd1873581d",
  },
  "key-rotated": {
    entry: { ...COMMON, kind: "key-rotated", publicKeySha256: SHA },
    text: `{"actor":"Accord","agreement":"north","atMs":1774051200000,"kind":"key-rotated","publicKeySha256":"${SHA}","v":1}`,
    leaf: "5989e41f492c311c781c876ba1b75e035c1a71a974667d1d374a0e13cfcb21d1",
  },
};

const KINDS = Object.values(GOLDEN);

describe("ledger entries", () => {
  it("have a golden for every kind", () => {
    expect(LedgerEntry.options.map((option) => option.shape.kind.value).toSorted()).toEqual(Object.keys(GOLDEN).toSorted());
  });

  it.each(KINDS)("$entry.kind has these canonical bytes and this leaf hash for ever", ({ entry, text, leaf }) => {
    expect(LedgerEntry.parse(entry)).toEqual(entry);
    expect(canonicalText(entry)).toBe(text);
    expect(hex(leafHash(new TextEncoder().encode(text), sha256))).toBe(leaf);
    expect(hex(sealEntry(entry, sha256))).toBe(leaf + hex(new TextEncoder().encode(text)));
  });

  it.each(KINDS)("$entry.kind opens as it was sealed", ({ entry }) => {
    expect(openEntry(sealEntry(entry, sha256), sha256)).toEqual(entry);
  });

  it("any flipped bit is found, in the hash and in the bytes", () => {
    const sealed = sealEntry(GOLDEN.alert.entry, sha256);
    for (let bit = 0; bit < sealed.length * 8; bit += 3) {
      const bent = sealed.slice();
      bent[bit >> 3] = (bent[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => openEntry(bent, sha256)).toThrow(RangeError);
    }
  });

  it.each([0, 31, 32, 40])("an item cut to %i bytes is found", (length) => {
    expect(() => openEntry(sealEntry(GOLDEN.verdict.entry, sha256).subarray(0, length), sha256)).toThrow(RangeError);
  });

  it.each([
    ["no JSON", "gibberish"],
    ["no entry", '{"kind":"rumour","v":1}'],
    ["an entry with something added", canonicalText({ ...GOLDEN.verdict.entry, extra: 1 })],
    ["an entry in other bytes than its canonical ones", JSON.stringify(GOLDEN.verdict.entry)],
    ["no UTF-8", "\u00ff"],
  ])("bytes that are %s are refused although their hash fits", (what, text) => {
    const bytes = what === "no UTF-8" ? Uint8Array.of(0xff, 0xfe) : new TextEncoder().encode(text);
    const sealed = new Uint8Array([...leafHash(bytes, sha256), ...bytes]);
    expect(() => openEntry(sealed, sha256)).toThrow(RangeError);
  });
});

describe("leafHash", () => {
  /** RFC 6962 section 2.1: the hash of one empty leaf, as in the Certificate Transparency test vectors. */
  it("of nothing is 6e340b9c...", () => {
    expect(hex(leafHash(new Uint8Array(0), sha256))).toBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  });

  it("differs from the hash of the bytes alone, so that no leaf passes for a node", () => {
    const bytes = new TextEncoder().encode("x");
    expect(hex(leafHash(bytes, sha256))).not.toBe(hex(sha256(bytes)));
  });
});
