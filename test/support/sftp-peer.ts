import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import ssh2, { type Connection, type FileEntry, type SFTPWrapper } from "ssh2";

export interface SftpPeer {
  readonly port: number;
  /** As `ssh-keygen -l` prints it. */
  readonly hostKey: string;
  /** The files of the folder "out". */
  readonly files: Map<string, { body: string; changedMs: number }>;
  /** How often somebody got as far as sending a password or key. */
  readonly authentications: () => number;
  /** Says less than is there, as a file that is still being written does. */
  sizeError: number;
  close(): Promise<void>;
}

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const REGULAR = 0o100644;

function attributes({ body, changedMs }: { body: string; changedMs: number }, sizeError: number) {
  const seconds = Math.floor(changedMs / 1000);
  return { mode: REGULAR, uid: 0, gid: 0, size: Buffer.byteLength(body) + sizeError, atime: seconds, mtime: seconds };
}

function serveFolder(peer: SftpPeer, sftp: SFTPWrapper): void {
  const handles = new Map<number, { name: string; listed: boolean }>();
  let next = 0;
  const opened = (id: number, name: string): void => {
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(next);
    handles.set(next++, { name, listed: false });
    sftp.handle(id, handle);
  };
  sftp.on("REALPATH", (id, path) => {
    sftp.name(id, [{ filename: path, longname: path, attrs: attributes({ body: "", changedMs: 0 }, 0) }]);
  });
  sftp.on("OPENDIR", (id, path) => (path === "out" ? opened(id, "out") : sftp.status(id, STATUS_CODE.NO_SUCH_FILE)));
  sftp.on("READDIR", (id, handle) => {
    const folder = handles.get(handle.readUInt32BE());
    if (folder === undefined || folder.listed) return sftp.status(id, STATUS_CODE.EOF);
    folder.listed = true;
    const entries: FileEntry[] = [...peer.files].map(([name, file]) => ({
      filename: name,
      longname: `-rw-r--r-- 1 a a 1 Jan 1 00:00 ${name}`,
      attrs: attributes(file, peer.sizeError),
    }));
    return entries.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.name(id, entries);
  });
  sftp.on("OPEN", (id, path, flags) => {
    const known = peer.files.has(path.replace(/^out\//u, ""));
    return known && (flags & OPEN_MODE.READ) !== 0 ? opened(id, path.replace(/^out\//u, "")) : sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on("READ", (id, handle, offset, length) => {
    const bytes = Buffer.from(peer.files.get(handles.get(handle.readUInt32BE())?.name ?? "")?.body ?? "").subarray(offset, offset + length);
    return bytes.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.data(id, bytes);
  });
  const stat = (id: number, path: string): void => {
    const file = peer.files.get(path.replace(/^out\//u, ""));
    return file === undefined ? sftp.status(id, STATUS_CODE.NO_SUCH_FILE) : sftp.attrs(id, attributes(file, peer.sizeError));
  };
  sftp.on("STAT", stat);
  sftp.on("LSTAT", stat);
  sftp.on("FSTAT", (id, handle) => {
    const file = peer.files.get(handles.get(handle.readUInt32BE())?.name ?? "");
    return file === undefined ? sftp.status(id, STATUS_CODE.FAILURE) : sftp.attrs(id, attributes(file, 0));
  });
  sftp.on("CLOSE", (id) => sftp.status(id, STATUS_CODE.OK));
}

/** An SFTP server on 127.0.0.1 with one user `agent`, a password and a key, and a host key made for this run. */
export async function startSftpPeer(password: string, allowedKey: string): Promise<SftpPeer> {
  const host = ssh2.utils.generateKeyPairSync("ed25519");
  const parsed = ssh2.utils.parseKey(host.public);
  const allowed = ssh2.utils.parseKey(allowedKey);
  if (parsed instanceof Error || allowed instanceof Error) throw new Error("the test's own keys cannot be read");
  let authentications = 0;
  const connections = new Set<Connection>();
  const ssh = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    connections.add(client);
    client.on("error", () => undefined);
    client.on("authentication", (context) => {
      if (context.username === "agent" && context.method === "password") {
        authentications += 1;
        return context.password === password ? context.accept() : context.reject();
      }
      if (context.username === "agent" && context.method === "publickey" && context.key.data.equals(allowed.getPublicSSH())) {
        authentications += 1;
        const { signature, blob } = context;
        const holds = signature === undefined || blob === undefined || allowed.verify(blob, signature, context.hashAlgo) === true;
        return holds ? context.accept() : context.reject();
      }
      return context.reject(["password", "publickey"]);
    });
    client.on("session", (accept) => accept().on("sftp", (acceptSftp) => serveFolder(peer, acceptSftp())));
  });
  // Without Nagle's waiting, as sshd does it.
  const server = createServer({ noDelay: true }, (socket) => ssh.injectSocket(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const peer: SftpPeer = {
    port: typeof address === "object" && address !== null ? address.port : 0,
    hostKey: `SHA256:${createHash("sha256").update(parsed.getPublicSSH()).digest("base64").replace(/=+$/u, "")}`,
    files: new Map(),
    authentications: () => authentications,
    sizeError: 0,
    async close() {
      for (const connection of connections) connection.end();
      server.close();
      await once(server, "close");
    },
  };
  return peer;
}
