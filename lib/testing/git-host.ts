import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { routesOfGitHub } from "./git-host-github";
import { routesOfGitLab } from "./git-host-gitlab";

/** A commit of the pretended repository: the whole of its files by path. */
export interface Commit {
  id: string;
  files: ReadonlyMap<string, { bytes: Buffer; mode: string }>;
  parents: readonly string[];
  message: string;
}

/** An open pull or merge request. */
export interface Opened {
  number: number;
  head: string;
  base: string;
  title: string;
  body: string;
}

export interface Seen {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage["headers"];
  body: unknown;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Asked extends Seen {
  url: URL;
}

export type Route = (asked: Asked) => Reply | undefined;

/** Answers instead of the host: undefined lets it answer itself, "hang" never answers, "cut" breaks off. */
export type Interference = (asked: Asked) => Reply | "hang" | "cut" | undefined;

export const sha1 = (data: string | Buffer): string => createHash("sha1").update(data).digest("hex");
export const blobSha = (bytes: Buffer): string => sha1(Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]));

export const GOOD_TOKEN = "ghp_goodtoken123";
const MAX_BODY = 64 * 1024 * 1024;

/** What a repository on a host holds, for the routes of either. */
export class Repository {
  readonly commits = new Map<string, Commit>();
  readonly branches = new Map<string, string>();
  readonly blobs = new Map<string, Buffer>();
  readonly opened: Opened[] = [];
  defaultBranch = "main";
  /** Where pages of this host are. */
  site = "";
  name = "acme/infra";
  archived = false;
  mayPush = true;

  /** Adds a commit with these files to a branch, over what the branch has. */
  add(branch: string, files: Record<string, string | Buffer | null>, mode = "100644"): string {
    const parent = this.branches.get(branch) ?? this.branches.get(this.defaultBranch);
    const before = parent === undefined ? [] : [...(this.commits.get(parent)?.files ?? [])];
    const next = new Map(before);
    for (const [path, content] of Object.entries(files)) {
      if (content === null) next.delete(path);
      else next.set(path, { bytes: Buffer.from(content), mode });
    }
    const id = this.commit(next, parent === undefined ? [] : [parent], "by hand");
    this.branches.set(branch, id);
    return id;
  }

  commit(files: Commit["files"], parents: readonly string[], message: string): string {
    const id = sha1(`commit ${parents.join(" ")} ${message} ${treeText(files)} ${this.commits.size}`);
    this.commits.set(id, { id, files, parents, message });
    for (const { bytes } of files.values()) this.blobs.set(blobSha(bytes), bytes);
    return id;
  }

  /** The files of a branch as text. */
  text(branch: string): Record<string, string> {
    const files = this.commits.get(this.branches.get(branch) ?? "")?.files ?? new Map();
    return Object.fromEntries([...files].map(([path, { bytes }]) => [path, bytes.toString("utf8")]).sort());
  }

  /** What one folder holds, as Git names it. */
  entries(files: Commit["files"], folder: string): { name: string; type: string; mode: string; id: string }[] {
    const start = folder === "" ? "" : `${folder}/`;
    const found = new Map<string, { name: string; type: string; mode: string; id: string }>();
    for (const [path, { bytes, mode }] of files) {
      if (!path.startsWith(start)) continue;
      const [name = "", ...below] = path.slice(start.length).split("/");
      const id = below.length > 0 ? this.treeId(files, start + name) : blobSha(bytes);
      found.set(name, { name, id, type: below.length > 0 ? "tree" : "blob", mode: below.length > 0 ? "040000" : mode });
    }
    return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stands for Git's id of a folder: the same for the same content. */
  treeId(files: Commit["files"], folder: string): string {
    const inside = [...files].filter(([path]) => folder === "" || path.startsWith(`${folder}/`));
    return sha1(`tree ${folder} ${treeText(new Map(inside))}`);
  }

  isAncestor(old: string, of: string): boolean {
    return old === of || (this.commits.get(of)?.parents ?? []).some((parent) => this.isAncestor(old, parent));
  }
}

const treeText = (files: Commit["files"]): string =>
  [...files]
    .map(([path, { bytes, mode }]) => `${mode} ${path} ${blobSha(bytes)}`)
    .sort()
    .join("\n");

/** A server on this machine that answers as GitHub (/api/v3) and GitLab (/api/v4) document it, CORS included. */
export class GitHost {
  readonly repository = new Repository();
  readonly seen: Seen[] = [];
  interfere: Interference = () => undefined;
  private readonly server: Server;
  private readonly routes: readonly { prefix: string; route: Route; unknown: string; cors: Record<string, string> }[];

  constructor() {
    this.routes = [
      {
        prefix: "/api/v3",
        route: routesOfGitHub(this.repository),
        unknown: "Bad credentials",
        // https://docs.github.com/en/rest/using-the-rest-api/using-cors-and-jsonp-to-make-cross-origin-requests
        cors: {
          "Access-Control-Allow-Headers":
            "Authorization, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, X-GitHub-OTP, X-Requested-With, X-GitHub-Api-Version",
          "Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE",
          "Access-Control-Expose-Headers":
            "ETag, Link, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-GitHub-SSO",
        },
      },
      {
        prefix: "/api/v4",
        route: routesOfGitLab(this.repository),
        unknown: "401 Unauthorized",
        // https://docs.gitlab.com/user/project/web_ide/#cors-issues: the limit's headers are not among the exposed ones.
        cors: {
          "Access-Control-Allow-Headers": "authorization, content-type",
          "Access-Control-Allow-Methods": "GET, POST, PUT, DELETE, OPTIONS",
          "Access-Control-Expose-Headers": "Link, X-Total, X-Per-Page, X-Page, X-Next-Page, X-Request-Id, ETag",
        },
      },
    ];
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error) => {
        response.writeHead(500).end(String(error));
      });
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async listen(port = 0): Promise<void> {
    this.server.listen(port, "127.0.0.1");
    await once(this.server, "listening");
    this.repository.site = this.origin;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  /** Requests as "POST /repos/acme/infra/git/trees", without the base of the API. */
  get log(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path.replace(/^\/api\/v[34]/, "")}`);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.origin);
    const found = this.routes.find(({ prefix }) => url.pathname.startsWith(`${prefix}/`));
    if (!found) return void response.writeHead(404).end();
    const cors = { "Access-Control-Allow-Origin": "*", ...found.cors };
    if (request.method === "OPTIONS")
      return void response.writeHead(204, { ...cors, "Access-Control-Max-Age": "0" }).end();

    const asked: Asked = {
      method: request.method ?? "GET",
      path: request.url ?? "",
      headers: request.headers,
      body: await bodyOf(request),
      url: new URL(url.href.replace(found.prefix, "")),
    };
    this.seen.push(asked);
    const reply = this.interfere(asked) ??
      unauthorised(asked, found.unknown) ??
      found.route(asked) ?? { status: 404, body: { message: "Not Found" } };
    if (reply === "hang") return;
    if (reply === "cut") return void request.socket.destroy();
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
    const type = typeof reply.body === "string" ? "text/plain" : "application/json; charset=utf-8";
    response.writeHead(reply.status, { ...cors, "Content-Type": type, ...reply.headers }).end(text);
  }
}

const unauthorised = ({ headers }: Asked, message: string): Reply | undefined =>
  headers.authorization === `Bearer ${GOOD_TOKEN}` ? undefined : { status: 401, body: { message } };

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BODY) throw new Error("The request is larger than any host takes.");
    chunks.push(chunk);
  }
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString("utf8"));
}
