import { stringify } from "yaml";
import { exportDefinition } from "../../shared/feeds/csv-out-definition.ts";
import type { FeedDefinition } from "../../shared/feeds/definition.ts";

/** The text of the definition under which the exported facts of a feed are read again. */
export function exportDefinitionText(feed: FeedDefinition): string {
  return `# Reads the file of facts that Accord exported of this feed.\n${stringify(exportDefinition(feed))}`;
}
