import { useState } from "react";
import type { PullSource } from "../../../shared/protocol/pull.ts";
import { Field } from "../../ui/field.tsx";
import { FilesFields, SecretField } from "./secret-field.tsx";

type Of<K extends PullSource["kind"]> = Extract<PullSource, { kind: K }>;
interface FieldsProps<K extends PullSource["kind"]> {
  readonly known: Of<K> | null;
  readonly hasSecret: boolean;
}

export function HttpFields({ known, hasSecret }: FieldsProps<"http">): React.JSX.Element {
  const [auth, setAuth] = useState(known?.auth.kind ?? "bearer");
  return (
    <>
      <Field label="Address of the file" hint="A file that has not changed is not sent again (If-None-Match)">
        {(control) => (
          <input {...control} name="url" type="url" defaultValue={known?.url} placeholder="https://" maxLength={2000} required />
        )}
      </Field>
      <Field label="Accord signs in with">
        {(control) => (
          <select {...control} name="auth" value={auth} onChange={(event) => setAuth(authOf(event.target.value))}>
            <option value="bearer">a bearer token</option>
            <option value="basic">user and password</option>
            <option value="header">a header of its own</option>
            <option value="none">nothing</option>
          </select>
        )}
      </Field>
      {auth === "basic" && <TextField name="user" label="User" value={known?.auth.kind === "basic" ? known.auth.user : ""} />}
      {auth === "header" && (
        <TextField name="header" label="Name of the header" value={known?.auth.kind === "header" ? known.auth.name : ""} />
      )}
      {auth !== "none" && <SecretField label={auth === "basic" ? "Password" : "Token"} isKept={hasSecret} />}
    </>
  );
}

function authOf(value: string): Of<"http">["auth"]["kind"] {
  return value === "bearer" || value === "basic" || value === "header" ? value : "none";
}

export function SftpFields({ known, hasSecret }: FieldsProps<"sftp">): React.JSX.Element {
  const [auth, setAuth] = useState(known?.auth ?? "password");
  return (
    <>
      <div className="pull-two">
        <TextField name="host" label="Host" value={known?.host ?? ""} />
        <Field label="Port">
          {(control) => <input {...control} name="port" type="number" min={1} max={65535} defaultValue={known?.port ?? 22} required />}
        </Field>
      </div>
      <TextField name="user" label="User" value={known?.user ?? ""} />
      <Field label="Accord signs in with">
        {(control) => (
          <select
            {...control}
            name="auth"
            value={auth}
            onChange={(event) => setAuth(event.target.value === "password" ? "password" : "private-key")}
          >
            <option value="password">a password</option>
            <option value="private-key">a private key</option>
          </select>
        )}
      </Field>
      <SecretField label={auth === "password" ? "Password" : "Private key"} isKept={hasSecret} isLong={auth === "private-key"} />
      <TextField name="folder" label="Folder" value={known?.folder ?? "."} hint="As the user sees it after signing in" />
      <FilesFields pattern={known?.pattern} take={known?.take} />
    </>
  );
}

export function S3Fields({ known, hasSecret }: FieldsProps<"s3">): React.JSX.Element {
  return (
    <>
      <Field label="Endpoint" hint="The address of the store, without the bucket">
        {(control) => <input {...control} name="endpoint" type="url" defaultValue={known?.endpoint} placeholder="https://" required />}
      </Field>
      <div className="pull-two">
        <TextField name="bucket" label="Bucket" value={known?.bucket ?? ""} />
        <TextField name="region" label="Region" value={known?.region ?? "eu-central-1"} />
      </div>
      <Field label="Begins with" hint="The folder inside the bucket, such as voice/; may stay empty">
        {(control) => <input {...control} name="prefix" defaultValue={known?.prefix} maxLength={500} />}
      </Field>
      <FilesFields pattern={known?.pattern} take={known?.take} />
      <TextField name="accessKeyId" label="Access key id" value={known?.accessKeyId ?? ""} />
      <SecretField label="Secret access key" isKept={hasSecret} />
    </>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

function TextField({ name, label, value, hint }: TextFieldProps): React.JSX.Element {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(control) => <input {...control} name={name} defaultValue={value} maxLength={200} autoComplete="off" required />}
    </Field>
  );
}
