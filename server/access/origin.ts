const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/**
 * Whether a browser page of `origin` may act on this server. On a public address only its own origin may;
 * on a loopback address every loopback origin may, so that a development server on another port works.
 *
 * @param origin the Origin header as sent; "null" and unreadable ones are refused.
 */
export function isAllowedOrigin(origin: string, publicUrl: string): boolean {
  const page = urlOf(origin);
  const own = urlOf(publicUrl);
  if (page === null || own === null || page.origin === "null") return false;
  if (page.origin === own.origin) return true;
  return LOOPBACK.has(own.hostname) && LOOPBACK.has(page.hostname);
}
