import { useRef } from "react";
import type { Finding } from "../../../shared/protocol/version.ts";
import { Field, FieldError } from "../../ui/field.tsx";
import { countWords, dateWords } from "./clause-words.ts";
import { linesOf } from "./diff-lines.ts";
import { downloadText } from "./download-text.ts";
import { quoted, withTopLevel } from "./edit-text.ts";
import { FindingList } from "./finding-list.tsx";
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
  const { text, document, fileName, findings, onChange } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const goTo = (line: number) => {
    if (area.current === null) return;
    const start =
      text
        .split("\n")
        .slice(0, line - 1)
        .join("\n").length + (line === 1 ? 0 : 1);
    area.current.focus();
    area.current.setSelectionRange(start, start + (text.split("\n")[line - 1]?.length ?? 0));
  };
  return (
    <div className="draft">
      <HeadFields {...props} />
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
      <div id="draft-problems">
        {document.problems.map(({ line, message }, index) => (
          <FieldError key={`${index} ${message}`}>
            {line !== null && (
              <>
                <button className="btn link" type="button" onClick={() => goTo(line)}>
                  Line {line}
                </button>
                {": "}
              </>
            )}
            {message}
          </FieldError>
        ))}
      </div>
      {findings.length > 0 && <FindingList findings={findings} linesOf={document.linesOf} onLine={goTo} />}
    </div>
  );
}

/** Reason and first day: written into the text, which stays the only truth. */
function HeadFields({ text, document, today, onChange }: DraftEditorProps): React.JSX.Element {
  const { agreement } = document;
  const put = (key: string, value: string) => {
    const at = document.linesOf(key);
    const place = { at: at?.isExact === true ? at : null, after: document.linesOf("version") };
    onChange(withTopLevel(text, `${key}: ${value}`, place));
  };
  const from = agreement?.effectiveFrom ?? "";
  const isBack = from !== "" && from < today;
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
      <Field
        label="Applies from"
        error={isBack ? `${dateWords(from)} is in the past: days that are already judged would be judged again, with their credits.` : null}
      >
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
