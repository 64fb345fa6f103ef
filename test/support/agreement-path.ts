/** Of `/api/v1/agreements/acme-voice/drift/aht` the agreement, `drift` and `aht` (`undefined` without it); of any other path `null`. */
export function agreementPath(pathname: string): { readonly agreementId: string; readonly what: string; readonly id?: string } | null {
  const [, agreementId, what, id] = /^\/api\/v1\/agreements\/([^/]+)\/([^/]+)(?:\/([^/]+))?$/u.exec(pathname) ?? [];
  if (agreementId === undefined || what === undefined) return null;
  return { agreementId, what, ...(id === undefined ? {} : { id }) };
}
