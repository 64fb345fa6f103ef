import { accessSync, constants } from "node:fs";
import path from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** Chromium starts a second renderer per window for the address bar's pop-up: two fifths of what it costs to open a page. */
const NEEDLESS = ["WebUIOmniboxPopup", "WebUIOmniboxAimPopup"];

/** What Playwright 1.65 turns off by the same flag, of which Chromium heeds only the last one. */
const PLAYWRIGHT_TURNS_OFF = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "TcpPortRandomizationWin",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];

/** For `chromium.launch`: quiet, and no connection to anywhere but the page under test. */
export const CHROMIUM_ARGS: string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${[...PLAYWRIGHT_TURNS_OFF, ...NEEDLESS].join(",")}`,
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The browser for the end-to-end tests: `CHROMIUM` if set, else the first on the search path; null if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = [...(env["PATH"] ?? "").split(path.delimiter), "/usr/bin", "/snap/bin"].filter(Boolean);
  const candidates = [
    ...(env["CHROMIUM"] ? [env["CHROMIUM"]] : []),
    ...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))),
    ...MAC,
  ];
  return candidates.find(isExecutable) ?? null;
}
