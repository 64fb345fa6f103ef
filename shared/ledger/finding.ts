/** Something that is not as it should be in a record. */
export interface Finding {
  /** `tampered`: it was changed. `incomplete`: it cannot be checked, because something is not there. */
  readonly severity: "tampered" | "incomplete";
  /**
   * `itself`: the entry named is wrong, whatever the others are. `others`: it does not fit those before it, one of which
   * may be the wrong one. `stretch`: the wrong one lies between `index` and `to`.
   */
  readonly basis: "itself" | "others" | "stretch";
  readonly index: number;
  readonly to: number;
  /** The kind of the entry, `checkpoint`, or `record` for what is about the whole. */
  readonly kind: string;
  readonly what: string;
}

export function wrongEntry(index: number, kind: string, what: string, basis: "itself" | "others" = "itself"): Finding {
  return { severity: "tampered", basis, index, to: index, kind, what };
}

export function wrongStretch(index: number, to: number, what: string): Finding {
  return { severity: "tampered", basis: "stretch", index, to: Math.max(index, to), kind: "checkpoint", what };
}

export function incomplete(index: number, kind: string, what: string): Finding {
  return { severity: "incomplete", basis: "itself", index, to: index, kind, what };
}

/** What does not fit the entries before it says only that the wrong one is not later: the stretch it lies in ends there. */
function narrowed(stretch: Finding, all: readonly Finding[]): Finding {
  const inside = all.filter(({ basis, index }) => basis !== "stretch" && index >= stretch.index && index <= stretch.to);
  return { ...stretch, to: Math.min(stretch.to, ...inside.map(({ index }) => index)) };
}

/** Puts the first wrong entry first, by what is known of its place; what is missing comes after what is wrong. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const wrong = findings.filter(({ severity }) => severity === "tampered");
  const placed = wrong.map((finding) => (finding.basis === "stretch" ? narrowed(finding, wrong) : finding));
  const rank = { itself: 0, stretch: 1, others: 2 } as const;
  const sorted = placed.toSorted((a, b) => a.to - b.to || rank[a.basis] - rank[b.basis] || b.index - a.index);
  return [...sorted, ...findings.filter(({ severity }) => severity === "incomplete").toSorted((a, b) => a.index - b.index)];
}
