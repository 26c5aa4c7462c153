import type { HostId } from "./host";

/** Where a repository is: its host, the base of the API, and its full name there. */
export interface Address {
  host: HostId;
  api: string;
  /** Origin of the host's pages. */
  site: string;
  repository: string;
}

const isLoopback = (name: string): boolean =>
  name === "localhost" || name === "127.0.0.1" || name === "[::1]" || name.endsWith(".localhost");

/** https, or this machine itself: a token sent otherwise could be read on the way. */
export const isPrivateWay = ({ protocol, hostname }: { protocol: string; hostname: string }): boolean =>
  protocol === "https:" || (protocol === "http:" && isLoopback(hostname));

const sites: Readonly<Record<HostId, string>> = { github: "https://github.com", gitlab: "https://gitlab.com" };

/**
 * Bases of the APIs. https://docs.github.com/en/rest/about-the-rest-api/about-the-rest-api (api.github.com),
 * https://docs.github.com/en/enterprise-cloud@latest/admin/data-residency (api.SUBDOMAIN.ghe.com),
 * https://docs.github.com/en/enterprise-server@latest/rest (HOST/api/v3), https://docs.gitlab.com/api/rest/ (HOST/api/v4)
 */
const bases: Readonly<Record<HostId, (site: URL) => string>> = {
  github: (site) => {
    if (site.hostname === "github.com") return "https://api.github.com";
    if (site.hostname.endsWith(".ghe.com")) return `https://api.${site.host}`;
    return `${site.origin}/api/v3`;
  },
  gitlab: (site) => `${site.origin}/api/v4`,
};

const names: Readonly<Record<HostId, { pattern: RegExp; form: string }>> = {
  github: { pattern: /^[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9._-]{1,100}$/, form: "owner/name" },
  gitlab: { pattern: /^[\p{L}\p{N}_.-]+(\/[\p{L}\p{N}_.-]+){1,20}$/u, form: "group/name" },
};

/** Reads what a person typed or pasted: owner/name, or the address of the repository's page or clone. */
export function readAddress(host: HostId, text: string): { ok: true; value: Address } | { ok: false; problem: string } {
  const typed = text.trim();
  const form = names[host].form;
  if (typed === "") return no(`Give the repository as ${form}, or paste its address.`);
  if (typed.length > 500) return no("This is too long for the address of a repository.");
  const ssh = /^(?:ssh:\/\/)?git@([^:/]+)(?::\d+\/|[:/])(.+)$/.exec(typed);
  const pasted = ssh ? `https://${ssh[1]}/${ssh[2]}` : /^[a-z]+:\/\//i.test(typed) ? typed : hostFirst(typed);
  if (pasted === undefined) return named(host, new URL(sites[host]), typed);
  let url: URL;
  try {
    url = new URL(pasted);
  } catch {
    return no(`“${typed}” is no address. Give the repository as ${form}.`);
  }
  if (url.username !== "" || url.password !== "")
    return no("This address has a password or token in it. Remove it, and give the token in its own field.");
  if (!isPrivateWay(url))
    return no("A token is sent over https only, so that nobody on the way can read it. Give an address with https://.");
  const other = host === "github" ? "gitlab" : "github";
  if (url.origin === sites[other])
    return no(`This is a repository of ${other === "github" ? "GitHub" : "GitLab"}. Choose it above.`);
  return named(host, url, url.pathname);
}

const hostFirst = (typed: string): string | undefined =>
  /^(www\.)?(github\.com|gitlab\.com)\//i.test(typed) ? `https://${typed}` : undefined;

function named(host: HostId, url: URL, path: string): ReturnType<typeof readAddress> {
  const site = new URL(url.origin.replace(/^https:\/\/www\.(github|gitlab)\.com$/, "https://$1.com"));
  const words = decoded(path)
    .split("/")
    .filter((part) => part !== "");
  // Pages within a repository stand behind its name: /tree/main on GitHub, /-/tree/main on GitLab.
  const end = host === "github" ? 2 : words.indexOf("-") === -1 ? words.length : words.indexOf("-");
  const repository = words
    .slice(0, end)
    .join("/")
    .replace(/\.git$/, "");
  const { pattern, form } = names[host];
  if (!pattern.test(repository) || repository.split("/").some((part) => part === "." || part === ".."))
    return no(`“${path.slice(0, 100)}” names no repository. Give it as ${form}.`);
  return { ok: true, value: { host, api: bases[host](site), site: site.origin, repository } };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const no = (problem: string): { ok: false; problem: string } => ({ ok: false, problem });

/** The address of a page that a host answered with, when it is one of that host; nothing else becomes a link. */
export function linkOf(text: string | undefined, api: string): string | undefined {
  try {
    const url = new URL(text ?? "");
    const home = new URL(api).hostname;
    const own = url.hostname === home || `api.${url.hostname}` === home;
    return own && isPrivateWay(url) && url.username === "" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
