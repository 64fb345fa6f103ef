// Pages that are fetched when they are opened put the schemas into files of their own, which a static import would run first.
import "../live/without-eval.ts";

void import("./main.tsx");
