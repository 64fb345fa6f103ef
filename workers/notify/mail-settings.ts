/** Where e-mail is handed over, and in whose name. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; otherwise it begins with STARTTLS if the server offers it. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: string;
}

/**
 * Reads the address of a mail server: `smtps://user:password@mail.example.com` (port 465) or `smtp://mail.example.com:587`.
 * Letters that mean something in an address are percent-encoded.
 *
 * @throws RangeError when it is no such address.
 */
export function mailSettings(url: string, from: string): MailSettings {
  const { protocol, hostname, port, username, password } = URL.canParse(url) ? new URL(url) : new URL("none:");
  if ((protocol !== "smtp:" && protocol !== "smtps:") || hostname === "")
    throw new RangeError("must be an address such as smtps://user:password@mail.example.com");
  const secure = protocol === "smtps:";
  return {
    host: hostname,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    login: username === "" ? null : { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    from,
  };
}
