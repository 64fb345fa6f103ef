import { createSign, generateKeyPairSync, randomBytes } from "node:crypto";

function der(tag: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? [body.length] : body.length < 256 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const ECDSA_WITH_SHA256 = der(0x30, Buffer.from([0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02]));
const COMMON_NAME = Buffer.from([0x06, 0x03, 0x55, 0x04, 0x03]);

function nameOf(text: string): Buffer {
  return der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, Buffer.from(text)))));
}

interface Certified {
  /** Whom it is for. */
  readonly name: string;
  /** Its last second, as ASN.1 writes it: `400101000000Z`. */
  readonly until?: string;
}

/** A new key and the certificate (X.509, P-256) that it has signed for itself: nobody trusts it who was not told to. */
export function selfSigned({ name, until = "400101000000Z" }: Certified): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const time = (text: string): Buffer => der(0x17, Buffer.from(text));
  const body = der(
    0x30,
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ECDSA_WITH_SHA256,
    nameOf(name),
    der(0x30, time("240101000000Z"), time(until)),
    nameOf(name),
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = createSign("sha256").update(body).sign(privateKey);
  const certificate = der(0x30, body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature));
  return {
    key: String(privateKey.export({ type: "pkcs8", format: "pem" })),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`,
  };
}
