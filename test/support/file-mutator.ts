/** What people, editors and programs put where a value belongs. */
const NASTY = [
  "",
  " ",
  "-",
  "-1",
  "-0",
  "+5",
  "1e3",
  "1e-5",
  "0x10",
  "1_000",
  "1,234",
  "1.234",
  "1.234,5",
  "1 234",
  "12.0",
  "12.00",
  "12.000",
  "12.5",
  "NaN",
  "null",
  "Infinity",
  "#N/A",
  "#DIV/0!",
  "=1+1",
  "١٢",
  "½",
  "9007199254740993",
  "99999999999999999999",
  "101%",
  "100%",
  "94,01%",
  "0.94",
  "1",
  "0:05",
  "00:05:30",
  "0:60:00",
  "-0:00:01",
  "24:00:00",
  "5m30s",
  "12 s",
  "PT5M",
  "2021-02-30",
  "1/2/2021",
  "13/13/2021",
  "Y",
  "N",
  "AGENT",
  "HANG",
  "\u00a05",
  "5\u00a0",
  "\u200b5",
  "O",
  "l2",
  "a|b",
  "a\\b",
  '"',
  '""',
  '"a"b',
  "a\nb",
  "\t",
  ",",
  ";",
  "\0",
  "\ufeff",
  "\u202e1",
  "é",
  "🙂",
  "'=1",
];
const BYTES = [
  [0],
  [0xff],
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0x0d],
  [0x0a],
  [0x0d, 0x0a],
  [0x22],
  [0x2c],
  [0x09],
  [0x3b],
  [0x20],
  [0xc2, 0xa0],
  [0xe9],
  [0x2d],
  [0x25],
];

interface Dice {
  readonly random: () => number;
  readonly delimiter: string;
}

function below(random: () => number, most: number): number {
  return Math.floor(random() * most);
}

function pick<Value>(random: () => number, values: readonly Value[]): Value {
  const value = values[below(random, values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function spliced(bytes: Buffer, at: number, length: number, put: readonly number[]): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + length)]);
}

function mutateBytes(bytes: Buffer, random: () => number): Buffer {
  const at = below(random, bytes.length);
  const here = bytes[at] ?? 0;
  switch (below(random, 8)) {
    case 0:
      return spliced(bytes, at, 1, [here ^ (1 << below(random, 8))]);
    case 1:
      return spliced(bytes, at, 1, [below(random, 256)]);
    case 2:
      return spliced(bytes, at, 1 + below(random, 20), []);
    case 3:
      return spliced(bytes, at, 0, [here]);
    case 4:
      return spliced(bytes, at, 2, [bytes[at + 1] ?? here, here]);
    case 5:
      return spliced(bytes, below(random, bytes.length), 0, [...bytes.subarray(at, at + below(random, 40))]);
    case 6:
      return bytes.subarray(0, at);
    default:
      return spliced(bytes, at, below(random, 2), pick(random, BYTES));
  }
}

function tweaked(cell: string, random: () => number): string {
  const at = below(random, cell.length + 1);
  const [before, after] = [cell.slice(0, at), cell.slice(at)];
  switch (below(random, 7)) {
    case 0:
      return ` ${cell}`;
    case 1:
      return `${cell} `;
    case 2:
      return `${before}${below(random, 10)}${after}`;
    case 3:
      return `${before}${pick(random, [".", ",", ":", "-", " ", "/", "'", "%"])}${after}`;
    case 4:
      return before + after.slice(1);
    case 5:
      return `${before}${below(random, 10)}${after.slice(1)}`;
    default:
      return `"${cell}"`;
  }
}

function mutateCell(lines: string[], { random, delimiter }: Dice): void {
  // Now and then the header itself.
  const row = random() < 0.05 ? 0 : below(random, lines.length);
  const cells = (lines[row] ?? "").split(delimiter);
  const at = below(random, cells.length);
  const cell = cells[at] ?? "";
  const other = below(random, cells.length);
  const kind = below(random, 10);
  if (kind < 4) cells[at] = pick(random, NASTY);
  else if (kind < 9) cells[at] = tweaked(cell, random);
  else [cells[at], cells[other]] = [cells[other] ?? "", cell];
  lines[row] = cells.join(delimiter);
}

function mutateRow(lines: string[], { random, delimiter }: Dice): void {
  const at = below(random, lines.length);
  const line = lines[at] ?? "";
  switch (below(random, 8)) {
    case 0:
      lines.splice(at, 1);
      return;
    case 1:
      lines.splice(below(random, lines.length), 0, line);
      return;
    case 2:
      lines.push(...lines.splice(at, 1));
      return;
    case 3:
      lines[at] = line.split(delimiter).slice(1).join(delimiter);
      return;
    case 4:
      lines[at] = line + delimiter + pick(random, ["", "x", " "]);
      return;
    case 5:
      lines.splice(at, 0, pick(random, ["", delimiter.repeat(3), "Total", "# comment", "sep=;"]));
      return;
    case 6:
      lines[at] = line.split(delimiter).toReversed().join(delimiter);
      return;
    default:
      lines[at] = line.slice(0, below(random, line.length + 1));
  }
}

/** A file with one to three seeded changes of bytes, cells or rows. */
export function mutated(lines: readonly string[], dice: Dice): Buffer {
  const { random } = dice;
  const changed = [...lines];
  let bytes: Buffer | null = null;
  for (let changes = 1 + below(random, 3); changes > 0; changes -= 1) {
    const kind = random();
    if (bytes === null && kind < 0.55) mutateCell(changed, dice);
    else if (bytes === null && kind < 0.75) mutateRow(changed, dice);
    else bytes = mutateBytes(bytes ?? Buffer.from(changed.join(pick(random, ["\n", "\r\n"]))), random);
    if (changed.length === 0 || bytes?.length === 0) break;
  }
  return bytes ?? Buffer.from(changed.join("\n"));
}
