import { type AlertMessage, factsOf, happened, type News, oneLine, severityWord, titleOf } from "./message.ts";

/** Slack takes 50 blocks, Teams 28 kB: more than these are counted, not listed. */
const LISTED = 10;

function rest({ news }: AlertMessage): string[] {
  return news.length > LISTED ? [`and ${news.length - LISTED} more, all in Accord`] : [];
}

function words(news: News, timeZone: string): string {
  return [happened(news), ...factsOf(news, timeZone)].join(" · ");
}

function head({ alert }: News): string {
  return oneLine(`${severityWord(alert)}: ${alert.headline}`, 150);
}

/**
 * A message for a Slack incoming webhook. What people or providers have written stands in `plain_text`, where Slack reads no
 * markup; `text`, which notifications show, has Slack's three characters escaped.
 */
export function slackOf(message: AlertMessage): { readonly text: string; readonly blocks: readonly object[] } {
  const { news, agreement } = message;
  const plain = (text: string) => ({ type: "plain_text", text, emoji: false });
  const blocks = news.slice(0, LISTED).flatMap((one) => [
    { type: "header", text: plain(head(one)) },
    { type: "section", text: plain(oneLine(words(one, agreement.timeZone), 2900)) },
    { type: "actions", elements: [{ type: "button", text: plain("Open in Accord"), url: one.link }] },
  ]);
  const context = [agreement.name, ...rest(message)].map((text) => plain(oneLine(text)));
  const text = titleOf(message).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return { text, blocks: [...blocks, { type: "context", elements: context }] };
}

/**
 * A message for a Teams workflow ("when a webhook request is received"): an Adaptive Card. Words stand in text runs, which
 * Teams takes as they are; a TextBlock would read markup in them.
 */
export function teamsOf(message: AlertMessage): object {
  const { news, agreement } = message;
  const line = (text: string, look: object = {}) => ({ type: "RichTextBlock", inlines: [{ type: "TextRun", text, ...look }] });
  const items = news.slice(0, LISTED).map((one) => ({
    type: "Container",
    separator: true,
    items: [line(head(one), { weight: "Bolder", size: "Medium" }), line(words(one, agreement.timeZone))],
    selectAction: { type: "Action.OpenUrl", title: "Open in Accord", url: one.link },
  }));
  const content = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    fallbackText: titleOf(message),
    body: [...items, ...[agreement.name, ...rest(message)].map((text) => line(oneLine(text), { isSubtle: true, size: "Small" }))],
    actions: [{ type: "Action.OpenUrl", title: "Open in Accord", url: news[0].link }],
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content }] };
}
