import { useRequest } from "../../live/use-request.ts";
import type { ReadDocument } from "./read-document.ts";

type Reader = (text: string) => ReadDocument;

async function load(): Promise<Reader> {
  return (await import("./read-document.ts")).readDocument;
}

/** The reader of YAML texts, or `null` until it has come: it is fetched for the pages that show code only. */
export function useDocumentReader(): Reader | null {
  const { request } = useRequest(load);
  return request.state === "ready" ? request.data : null;
}
