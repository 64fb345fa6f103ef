const FILES = import.meta.glob("../../docs/examples/templates/*.yaml", { query: "?raw", import: "default" });

/** Kinds of service with a text to start an agreement from, as the files of `docs/examples/templates` begin. */
export const STARTERS = [
  { id: "voice", name: "Voice" },
  { id: "chat", name: "Chat" },
  { id: "email", name: "E-mail" },
  { id: "back-office", name: "Back office" },
] as const;
export type StarterId = (typeof STARTERS)[number]["id"];

export function isStarterId(text: string): text is StarterId {
  return STARTERS.some(({ id }) => id === text);
}

/** The text of an agreement to start from and of its feeds, fetched when they are asked for. */
export async function loadStarter(id: StarterId): Promise<{ readonly agreement: string; readonly feeds: readonly string[] }> {
  const own = Object.entries(FILES).filter(([path]) => path.slice(path.lastIndexOf("/") + 1).startsWith(`${id}-`));
  const texts = await Promise.all(own.map(async ([path, load]) => ({ path, text: String(await load()) })));
  const agreement = texts.find(({ path }) => path.endsWith("-agreement.yaml"));
  if (agreement === undefined) throw new Error(`There is no text to start a ${id} agreement from.`);
  return { agreement: agreement.text, feeds: texts.filter((each) => each !== agreement).map(({ text }) => text) };
}
