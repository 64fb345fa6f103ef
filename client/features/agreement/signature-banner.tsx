import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "react-router";
import type { VersionView } from "../../../shared/protocol/version.ts";
import { useLive } from "../../live/live-context.ts";
import { paths } from "../../live/paths.ts";
import { sideOf } from "../../live/side.ts";
import { useAgreementParts } from "../../live/use-agreement-parts.ts";
import { Banner } from "../../ui/banner.tsx";
import { listWords } from "./clause-words.ts";
import { readVersions } from "./version-calls.ts";
import { openVersion, unsignedBy } from "./version-words.ts";

const SIGNED = ["agreement", "pendingVersions", "versionsSeq"] as const;

interface Waiting {
  readonly agreementId: string;
  readonly name: string;
  readonly version: number;
}

/** One line on every page while versions wait for the reader's own signature; the pages of such a version say it themselves. */
export function SignatureBanner(): React.JSX.Element | null {
  const { pathname } = useLocation();
  const waiting = useWaiting(pathname);
  const elsewhere = waiting.filter(({ agreementId }) => !pathname.startsWith(paths.agreement(agreementId).replace(/agreement$/u, "")));
  const [first, second] = elsewhere;
  if (first === undefined) return null;
  const to = second === undefined ? paths.version(first.agreementId, first.version) : paths.agreements();
  const names = listWords(elsewhere.map(({ name, version }) => `${name} version ${version}`));
  return (
    <Banner tone="note" label="Signatures" action={<Link to={to}>Review</Link>}>
      <b>
        {names} {second === undefined ? "waits" : "wait"} for your signature.
      </b>
    </Banner>
  );
}

/**
 * The versions that the reader's side has yet to sign. Read only where a version is known to be proposed; a first version, of which
 * no stream tells, with each page.
 */
function useWaiting(page: string): readonly Waiting[] {
  const { cards } = useLive();
  const agreements = useAgreementParts(SIGNED);
  const [versions, setVersions] = useState<ReadonlyMap<string, readonly VersionView[]>>(new Map());
  const firsts = cards.filter(({ inForce, role }) => !inForce && sideOf(role).mayAct).map(({ id }) => `${id} ${page}`);
  const changed = agreements
    .filter(({ agreement, pendingVersions }) => pendingVersions.some(({ state }) => state === "proposed") && mayAct(cards, agreement.id))
    .map(({ agreement, versionsSeq }) => `${agreement.id} ${versionsSeq}`);
  const asked = [...changed, ...firsts].join("\n");
  useEffect(() => {
    let isCurrent = true;
    const ids = asked === "" ? [] : asked.split("\n").map((each) => each.split(" ")[0] ?? "");
    // What cannot be read now is read with the next change; the pages of the agreement say why they fail.
    const read = ids.map(async (id) => [id, await readVersions(id).catch(() => [])] as const);
    void Promise.all(read).then((all) => isCurrent && setVersions(new Map(all)));
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  return useMemo(
    () =>
      cards.flatMap(({ id, name, role }) => {
        const open = openVersion(versions.get(id) ?? []);
        if (open === null || !unsignedBy(open).includes(sideOf(role).party)) return [];
        return [{ agreementId: id, name, version: open.version }];
      }),
    [cards, versions],
  );
}

function mayAct(cards: ReturnType<typeof useLive>["cards"], agreementId: string): boolean {
  return sideOf(cards.find(({ id }) => id === agreementId)?.role ?? null).mayAct;
}
