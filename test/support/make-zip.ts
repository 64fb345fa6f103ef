import { crc32, deflateRawSync } from "node:zlib";

export interface ZipPart {
  readonly name: string;
  readonly data: string | Uint8Array;
  readonly stored?: boolean;
  readonly flags?: number;
  /** What the archive says, where it lies. */
  readonly crc?: number;
  readonly size?: number;
  readonly localName?: string;
  /** Bytes that are packed already; then `size` says what they unpack to. */
  readonly packed?: Uint8Array;
}

interface Written {
  readonly local: Buffer;
  readonly central: Buffer;
}

function writeEntry(part: ZipPart, at: number): Written {
  const data = Buffer.from(part.data);
  const packed = part.packed ?? (part.stored === true ? data : deflateRawSync(data));
  const fixed = Buffer.alloc(26);
  fixed.writeUInt16LE(20, 0);
  fixed.writeUInt16LE(part.flags ?? 0, 2);
  fixed.writeUInt16LE(part.stored === true ? 0 : 8, 4);
  fixed.writeUInt32LE(part.crc ?? crc32(data), 10);
  fixed.writeUInt32LE(packed.length, 14);
  fixed.writeUInt32LE(part.size ?? data.length, 18);
  const [name, localName] = [Buffer.from(part.name), Buffer.from(part.localName ?? part.name)];
  const localFixed = Buffer.from(fixed);
  localFixed.writeUInt16LE(localName.length, 22);
  fixed.writeUInt16LE(name.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(at, 10);
  return {
    local: Buffer.concat([Buffer.from("PK\u0003\u0004"), localFixed, localName, packed]),
    central: Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), fixed, tail, name]),
  };
}

/** A zip archive of these files; what they lie about is written as they say. */
export function makeZip(parts: readonly ZipPart[], comment = ""): Uint8Array {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const { local, central } = writeEntry(part, at);
    locals.push(local);
    centrals.push(central);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(Buffer.byteLength(comment), 16);
  return new Uint8Array(Buffer.concat([...locals, directory, Buffer.from("PK\u0005\u0006"), end, Buffer.from(comment)]));
}
