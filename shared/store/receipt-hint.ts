/** Where the bytes of a new receipt lie, and of a small file what lies there, so that whoever begins need not wait for the disk. */
export interface HintedReceipt {
  readonly agreementId: string;
  readonly rawMonth: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly sealed?: Uint8Array | undefined;
}

/** A message of `RECEIPT_HINT_CHANNEL`. */
export function receiptHint({ agreementId, rawMonth, sha256, bytes, sealed }: HintedReceipt): string {
  return [agreementId, rawMonth, sha256, bytes, ...(sealed === undefined ? [] : [Buffer.from(sealed).toString("base64")])].join(" ");
}

/** @returns `null` for what no release of this kind has sent: the queue tells of the receipt, too. */
export function parseReceiptHint(message: string): HintedReceipt | null {
  const [agreementId, rawMonth, sha256, bytes, sealed, ...more] = message.split(" ");
  if (agreementId === undefined || rawMonth === undefined || sha256 === undefined || bytes === undefined || more.length > 0) return null;
  return { agreementId, rawMonth, sha256, bytes: Number(bytes), sealed: sealed === undefined ? undefined : Buffer.from(sealed, "base64") };
}
