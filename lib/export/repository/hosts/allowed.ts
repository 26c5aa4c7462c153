import { isPrivateWay } from "./address";

/** Where the page may send requests besides its own host, so that files can be pushed with a person's own token. */
const PUBLIC = ["https://api.github.com", "https://gitlab.com"] as const;

export interface Allowed {
  origins: readonly string[];
  /** Entries that are none, each with the reason. */
  refused: readonly string[];
}

/** Reads BAYPLAN_GIT_HOSTS: origins of further APIs, separated by spaces, as in "https://git.acme.example". */
export function allowedOrigins(setting: string | undefined): Allowed {
  const origins = new Set<string>(PUBLIC);
  const refused: string[] = [];
  for (const text of (setting ?? "").split(/\s+/).filter(Boolean)) {
    const origin = originOf(text);
    if (origin === undefined)
      refused.push(
        `BAYPLAN_GIT_HOSTS has “${text}”, which is left out: give the origin of an API, as in https://git.acme.example, with http only for this machine itself.`,
      );
    else origins.add(origin);
  }
  return { origins: [...origins], refused };
}

/** Only a whole origin: a wildcard or a semicolon would change what the rest of the policy means. */
function originOf(text: string): string | undefined {
  try {
    const url = new URL(text);
    const whole =
      url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "" && url.password === "";
    return whole && isPrivateWay(url) && /^https?:\/\/[a-z0-9.:[\]-]+$/.test(url.origin) ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
