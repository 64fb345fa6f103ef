/** One sample of one series. */
export interface RemoteSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  readonly atMs: number;
}

const LENGTH_DELIMITED = 2;
const SHORT_LITERAL = 60;
const LONGEST_LITERAL = 256;

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = BigInt(value);
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function field(number: number, bytes: readonly number[]): number[] {
  return [(number << 3) | LENGTH_DELIMITED, ...varint(bytes.length), ...bytes];
}

function text(number: number, value: string): number[] {
  return field(number, [...new TextEncoder().encode(value)]);
}

/** Snappy's block format with literals only: nothing is compressed. */
function asSnappy(bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  const out = varint(bytes.length);
  for (let from = 0; from < bytes.length; from += LONGEST_LITERAL) {
    const piece = bytes.slice(from, from + LONGEST_LITERAL);
    out.push(...(piece.length <= SHORT_LITERAL ? [(piece.length - 1) << 2] : [SHORT_LITERAL << 2, piece.length - 1]), ...piece);
  }
  return new Uint8Array(out);
}

/** The body of a Prometheus remote-write 1.0 request (`prompb.WriteRequest`, snappy). */
export function remoteWriteBody({ labels, value, atMs }: RemoteSample): Uint8Array<ArrayBuffer> {
  const pairs = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const float = new DataView(new ArrayBuffer(8));
  float.setFloat64(0, value, true);
  const sample = [(1 << 3) | 1, ...new Uint8Array(float.buffer), 2 << 3, ...varint(atMs)];
  const series = [...pairs.flatMap(([name, label]) => field(1, [...text(1, name), ...text(2, label)])), ...field(2, sample)];
  return asSnappy(field(1, series));
}
