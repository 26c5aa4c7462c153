import { list } from "../core/text";
import type { Document } from "../document/document";
import type { Hop, Verdict } from "../network/flow";
import { Unusable } from "./command";

/** Exit code where the answer depends on what the design does not say. */
export const UNKNOWABLE = 3;

/** Exit codes of a verdict. */
export const verdictCode: Readonly<Record<Verdict, number>> = { open: 0, blocked: 1, unknowable: UNKNOWABLE };

/** A hop as pipelines read it. */
export const hopJson = ({ at, resource, port, verdict, why }: Hop) => ({
  at,
  resource: resource ?? null,
  port,
  verdict,
  why,
});

/** A hop as people read it, one line. */
export const hopText = ({ at, port, verdict, why }: Hop): string =>
  `  ${verdict.padEnd(10)}  ${[at, port].filter((part) => part !== "").join("  ")}  ${why}`;

/** The node that a person means by its id or its logical id. */
export function nodeNamed(document: Document, given: string): string {
  if (Object.hasOwn(document.nodes, given)) return given;
  const found = Object.entries(document.nodes).filter(([, node]) => node.logicalId === given);
  if (found.length === 1) return (found[0] as [string, unknown])[0];
  const known = Object.entries(document.nodes).map(([id, node]) => `${id} (${node.name})`);
  throw new Unusable(
    `The design has no node “${given}”.${known.length === 0 ? "" : ` It has ${list(known.slice(0, 20))}${known.length > 20 ? ` and ${known.length - 20} more` : ""}.`}`,
  );
}
