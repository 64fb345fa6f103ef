import type { BrowserContext, ConsoleMessage } from "playwright-core";

/** Chromium reports every refused answer as an error; asking whether one is signed in is answered so by design. */
function isAskingWhoIsThere(message: ConsoleMessage): boolean {
  return message.location().url.endsWith("/api/v1/session") && message.text().includes("401");
}

/** Collects what the pages of a browser complain about: errors in the console, uncaught errors, violations of the page's policy. */
export async function collectComplaints(context: BrowserContext, complaints: string[]): Promise<void> {
  context.on("console", (message) => {
    if (message.type() !== "error" || isAskingWhoIsThere(message)) return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (failure) => void complaints.push(`uncaught: ${failure.error().message}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`refused by the policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
}
