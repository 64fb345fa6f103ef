declare module "*.css";

interface ImportMeta {
  /** Of the bundler: the files that match, each with a function that fetches it. */
  readonly glob: (pattern: string, options: { query: "?raw"; import: "default" }) => Record<string, () => Promise<unknown>>;
}
