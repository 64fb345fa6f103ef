import { useRef } from "react";
import type { Finding } from "../../../shared/protocol/version.ts";
import { countWords } from "../../live/count-words.ts";
import { Field } from "../../ui/field.tsx";
import { Mark } from "../../ui/status/mark.tsx";
import { dateWords } from "./clause-words.ts";
import { linesOf } from "./diff-lines.ts";
import { downloadText } from "../../live/download-text.ts";
import { quoted, withTopLevel } from "./edit-text.ts";
import { FindingList, findingsWords } from "./finding-list.tsx";
import type { ReadDocument } from "./read-document.ts";
import "./draft-editor.css";

interface DraftEditorProps {
  readonly text: string;
  readonly document: ReadDocument;
  readonly today: string;
  readonly fileName: string;
  readonly findings: readonly Finding[];
  readonly onChange: (text: string) => void;
}

/** The text of a draft with line numbers, its reason and first day as fields of their own, and what is wrong with it. */
export function DraftEditor(props: DraftEditorProps): React.JSX.Element {
  const { text, document, today, fileName, findings, onChange } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number) => {
    if (area.current !== null) selectLine(area.current, line);
  };
  return (
    <div className="draft">
      <HeadFields {...props} />
      <Backwards from={document.agreement?.effectiveFrom ?? today} today={today} />
      <div className="head">
        <label htmlFor="draft-text">
          <b>The text</b> <span className="quiet small">{countWords(linesOf(text).length, "line")}</span>
        </label>
        <div className="row">
          <FileButton onText={onChange} />
          <button className="btn" type="button" onClick={() => downloadText(fileName, text)}>
            Download as YAML
          </button>
        </div>
      </div>
      <div className="numbered">
        <pre aria-hidden="true">{text.split("\n").map((_, index) => `${index + 1}\n`)}</pre>
        <textarea
          ref={area}
          id="draft-text"
          className="code"
          rows={Math.max(12, text.split("\n").length)}
          wrap="off"
          spellCheck={false}
          value={text}
          aria-describedby="draft-problems"
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      <Problems document={document} onLine={goTo} />
      {findings.length > 0 && (
        <section aria-labelledby="draft-findings">
          <h2 id="draft-findings">{findingsWords(findings)}</h2>
          <FindingList findings={findings} linesOf={document.linesOf} onLine={goTo} />
        </section>
      )}
    </div>
  );
}

/** Reason and first day: written into the text, which stays the only truth. */
function HeadFields({ text, document, onChange }: DraftEditorProps): React.JSX.Element {
  const { agreement } = document;
  const put = (key: string, value: string) => {
    const at = document.linesOf(key);
    const place = { at: at?.isExact === true ? at : null, after: document.linesOf("version") };
    onChange(withTopLevel(text, `${key}: ${value}`, place));
  };
  const from = agreement?.effectiveFrom ?? "";
  return (
    <div className="pair">
      <Field label="Reason" hint="Both sides read it beside the version">
        {(control) => (
          <input
            {...control}
            value={agreement?.reason ?? ""}
            maxLength={400}
            disabled={agreement === null}
            onChange={(event) => put("reason", quoted(event.target.value))}
          />
        )}
      </Field>
      <Field label="Applies from" hint="The first day that is judged under it">
        {(control) => (
          <input
            {...control}
            type="date"
            value={from}
            disabled={agreement === null}
            required
            onChange={(event) => event.target.value !== "" && put("effectiveFrom", event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}

/** Selects a line, and scrolls the box around the text area, which itself is as long as the text. */
function selectLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const box = area.parentElement;
  if (box === null) return;
  box.scrollIntoView({ block: "nearest" });
  box.scrollTop = ((line - 1) / lines.length) * area.scrollHeight - box.clientHeight / 3;
}

/** Why the text is no agreement yet. Not an alert: it changes with every letter that is typed. */
function Problems({ document, onLine }: { readonly document: ReadDocument; readonly onLine: (line: number) => void }): React.JSX.Element {
  return (
    <ul id="draft-problems">
      {document.problems.map(({ line, message }, index) => (
        <li key={`${index} ${message}`} className="err">
          <Mark kind="missed" />
          <span>
            {line !== null && (
              <>
                <button className="btn link" type="button" onClick={() => onLine(line)}>
                  Line {line}
                </button>
                {": "}
              </>
            )}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Says loudly that a draft would change what is already judged. */
function Backwards({ from, today }: { readonly from: string; readonly today: string }): React.JSX.Element | null {
  if (from >= today) return null;
  return (
    <p className="consequence loud" role="status">
      <b>It reaches back.</b> {dateWords(from)} is in the past: every day since then, and every period they lie in, would be judged again,
      with their credits.
    </p>
  );
}

function FileButton({ onText }: { readonly onText: (text: string) => void }): React.JSX.Element {
  const take = async (input: HTMLInputElement) => {
    const [file] = input.files ?? [];
    if (file !== undefined) onText(await file.text());
    input.value = "";
  };
  return (
    <label className="btn file">
      Take from a file
      <input type="file" accept=".yaml,.yml,.json" className="sr" onChange={(event) => void take(event.currentTarget)} />
    </label>
  );
}
