import { github } from "./github";
import { gitlab } from "./gitlab";
import type { Host, HostId } from "./host";

/** Every service that files can be pushed to. */
export const hosts = { github, gitlab } satisfies { [H in HostId]: Host };
