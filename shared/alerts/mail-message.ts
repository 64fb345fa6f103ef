import { type AlertMessage, factsOf, happened, htmlText, type News, oneLine, severityWord, titleOf } from "./message.ts";

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

function linesOf(news: News, timeZone: string): string[] {
  return [`${severityWord(news.alert)}: ${oneLine(news.alert.headline)}`, happened(news), ...factsOf(news, timeZone)];
}

function htmlOf(news: News, timeZone: string): string {
  const [head = "", ...rest] = linesOf(news, timeZone).map(htmlText);
  const lines = rest.map((line) => `<div>${line}</div>`).join("");
  return `<div style="margin:0 0 20px"><div style="font-weight:600;font-size:16px">${head}</div>${lines}<div><a href="${htmlText(news.link)}">Open it in Accord</a></div></div>`;
}

function endOf({ agreement, repeated }: AlertMessage): string {
  const again = repeated === null ? "" : `Somebody asked for this to be sent again (attempt ${repeated}). `;
  return `${again}Accord sent this to you because of your role in ${oneLine(agreement.name, 100)}.`;
}

/** A message as e-mail, as plain text and as HTML that fetches nothing from anywhere. */
export function mailOf(message: AlertMessage): MailText {
  const { news, agreement } = message;
  const end = endOf(message);
  const parts = news.map((one) => [...linesOf(one, agreement.timeZone), one.link].join("\n"));
  const html = news.map((one) => htmlOf(one, agreement.timeZone)).join("");
  return {
    subject: titleOf(message),
    text: `${parts.join("\n\n")}\n\n--\n${end}\n`,
    html: `<!doctype html><html><body style="font-family:sans-serif;font-size:14px;line-height:1.5">${html}<p style="color:#666">${htmlText(end)}</p></body></html>`,
  };
}
