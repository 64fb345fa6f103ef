import { defineConfig } from "oxlint";
import { allowedFolders, allowedPackages, FORBIDDEN_GLOBALS, FORBIDDEN_MEMBERS, SHARED_FOLDERS } from "./test/support/house.ts";

const PURE_FOLDERS = SHARED_FOLDERS.filter((folder) => folder !== "store");
const NO_COERCION = {
  object: "z",
  property: "coerce",
  message: 'z.coerce turns "" and null into 0: parse the text with a strict grammar of our own.',
};
const NO_MODULE_MOCKS = ["mock", "doMock", "hoisted"].map((property) => ({
  object: "vi",
  property,
  message: "Pass the part in, or use a fake that fulfils its contract.",
}));
const BANNED_EVERYWHERE = [NO_COERCION, ...NO_MODULE_MOCKS];

/** Imports that leave a folder of shared/ may only reach the folders before it and the packages it may use. */
function boundaryOf(folder: string) {
  const own: readonly string[] = [folder, ...allowedFolders(folder)];
  const forbidden = [...SHARED_FOLDERS.filter((other) => !own.includes(other)), "server", "workers", "client", "test"];
  const packages = allowedPackages(folder);
  return {
    patterns: [
      {
        regex: `^(?:\\.\\./)+(?:${forbidden.join("|")})/`,
        message: `shared/${folder} may use ${own.join(", ")} and nothing that comes later.`,
      },
      {
        group: ["[a-z@#]*", "[a-z@#]*/**", "!./**", "!../**", ...packages.map((name) => `!${name}`)],
        message: `shared/${folder} may use ${packages.join(" and ") || "no package"}.`,
      },
    ],
  };
}

/** Imports that a part at the top may not make. */
function noReach(reason: string, ...folders: string[]) {
  return { patterns: [{ regex: `^(?:\\.\\./)+(?:${folders.join("|")})/`, message: reason }] };
}

function pureFolder(folder: string) {
  return {
    files: [`shared/${folder}/**`],
    rules: {
      "no-restricted-imports": ["error", boundaryOf(folder)] as const,
      "no-restricted-globals": [
        "error",
        ...FORBIDDEN_GLOBALS.map((name) => ({ name, message: "Folders of shared/ have no I/O: take it as an argument." })),
      ] as const,
      "no-restricted-properties": [
        "error",
        ...BANNED_EVERYWHERE,
        ...FORBIDDEN_MEMBERS.map(([object, property]) => ({
          object,
          property,
          message: "Folders of shared/ have no clock and no randomness: take `now` or a seed as an argument.",
        })),
      ] as const,
    },
  };
}

const NO_ENVIRONMENT = {
  object: "process",
  property: "env",
  message: "Only main.ts reads the environment; parseConfig(env) turns it into values.",
};

export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "react"],
  categories: { correctness: "error" },
  ignorePatterns: ["node_modules", "dist", ".cache", ".data", "/docs"],
  options: { typeAware: true },
  rules: {
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/consistent-type-assertions": ["error", { assertionStyle: "never" }],
    "typescript/ban-ts-comment": "error",
    "typescript/no-namespace": "error",
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "typescript/only-throw-error": "error",
    "typescript/return-await": ["error", "error-handling-correctness-only"],
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "max-lines": ["error", { max: 300 }],
    "no-restricted-properties": ["error", ...BANNED_EVERYWHERE],
    eqeqeq: "error",
    "prefer-const": "error",
    "no-var": "error",
  },
  overrides: [
    ...PURE_FOLDERS.map(pureFolder),
    {
      files: ["shared/store/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          noReach("shared/store serves the programs and knows none of them.", "server", "workers", "client", "test"),
        ],
      },
    },
    {
      files: ["server/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          noReach("The server meets the workers in Redis and the client on the wire.", "workers", "client", "test"),
        ],
        "no-restricted-properties": ["error", ...BANNED_EVERYWHERE, NO_ENVIRONMENT],
      },
    },
    {
      files: ["workers/**"],
      rules: {
        "no-restricted-imports": ["error", noReach("The workers meet the server in Redis.", "server", "client", "test")],
        "no-restricted-properties": ["error", ...BANNED_EVERYWHERE, NO_ENVIRONMENT],
      },
    },
    {
      files: ["client/**"],
      rules: {
        "no-restricted-imports": [
          "error",
          noReach("The client knows the wire only: everything in shared/ but store.", "server", "workers", "test", "shared/store", "store"),
        ],
      },
    },
    { files: ["**/main.ts", "server/boot/bootstrap.mjs"], rules: { "no-restricted-properties": ["error", ...BANNED_EVERYWHERE] } },
    { files: ["*.config.ts", "**/*.config.ts"], rules: { "import/no-default-export": "off" } },
  ],
});
