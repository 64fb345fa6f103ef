import { useState } from "react";
import { useSearchParams } from "react-router";
import { type AlertFilter, type Choice, filterChoices, type FilterPart, withPart } from "./alert-filter.ts";
import type { ListedAlert } from "./listed-alert.ts";

const NAMES = {
  agreement: { label: "Agreement", any: "Any agreement" },
  about: { label: "Target or queue", any: "Any target" },
  owner: { label: "Owner", any: "Any owner" },
  severity: { label: "Severity", any: "Any severity" },
} as const satisfies Partial<Record<FilterPart, { label: string; any: string }>>;
type ChosenPart = keyof typeof NAMES;
const CHOSEN: readonly ChosenPart[] = ["agreement", "about", "owner", "severity"];

interface FilterBarProps {
  readonly filter: AlertFilter;
  readonly all: readonly ListedAlert[];
  readonly meId: string;
}

/** Narrows the list; every choice is in the address, so that it can be kept and sent. */
export function FilterBar({ filter, all, meId }: FilterBarProps): React.JSX.Element {
  const [query, setQuery] = useSearchParams();
  const [isOpen, setOpen] = useState(false);
  const set = (part: FilterPart, value: string) => setQuery(withPart(query, part, value), { replace: true, preventScrollReset: true });
  const offered = filterChoices(all, meId);
  return (
    <search className={isOpen ? "filters open" : "filters"}>
      <input
        type="search"
        aria-label="Filter by words"
        placeholder="Filter: agreement, queue, owner"
        value={filter.text}
        onChange={(event) => set("text", event.target.value)}
      />
      <button className="btn unfold" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        More
      </button>
      {CHOSEN.map((part) => (
        <Chosen key={part} part={part} value={filter[part]} offered={offered[part]} onChange={(value) => set(part, value)} />
      ))}
    </search>
  );
}

interface ChosenProps {
  readonly part: ChosenPart;
  readonly value: string;
  readonly offered: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function Chosen({ part, value, offered, onChange }: ChosenProps): React.JSX.Element {
  const { label, any } = NAMES[part];
  // What the address asks for stays visible although no alert has it now.
  const isKnown = value === "" || offered.some((choice) => choice.value === value);
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{any}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {offered.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.name}
        </option>
      ))}
    </select>
  );
}
