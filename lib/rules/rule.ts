import type { AwsDocsUrl } from "../aws/docs";
import type { NodeKind } from "../catalog";
import type { Document, Place } from "../document/document";
import type { Edit } from "../document/edits/edit";
import type { Model } from "../model/model";
import type { Flows } from "../network/flow";
import type { Stack } from "../stack/stack";
import type { Candidate } from "./candidate";

export type Severity = "error" | "warning" | "info";
/** `ECS-LB-001`: the catalogue's id, which people search for and suppress. */
export type RuleId = `ECS-${string}-${number}` | `EKS-${number}`;

/** A repair in one click. `safe` changes only the fields named and adds or removes no node. */
export interface Fix {
  title: string;
  risk: "safe" | "review";
  edits: readonly Edit[];
}

/** What a rule found. */
export interface Finding {
  rule: RuleId;
  severity: Severity;
  /** The node or edge, and the field as a JSON Pointer into its props. */
  at: Place;
  /** What is wrong, why, what to do: full sentences. */
  message: string;
  /** Related places. */
  also?: readonly Place[];
  fix?: Fix;
}

export interface Facts {
  model: Model;
  stack: Stack;
  flows: Flows;
}

/** What a rule reports; the engine adds the rule's id and, unless given, its severity. */
export type Report = (finding: Omit<Finding, "rule" | "severity"> & { severity?: Severity }) => void;

/** One file per rule, in `<topic>/<speaking-name>.ts`; its examples are in `<speaking-name>.examples.ts`. */
export interface Rule {
  id: RuleId;
  /** The highest it can raise. */
  severity: Severity;
  /** Short, for lists: "Classic Load Balancer on Fargate or awsvpc". */
  title: string;
  /** One or two sentences for the rule's page. */
  why: string;
  docs: AwsDocsUrl;
  /** The engine skips the rule when none of these kinds is in the design. */
  needs: readonly NodeKind[];
  check(on: Facts, report: Report): void;
  /** For refusals that depend on settings: why this connection cannot be made, or undefined. Pure. */
  refuses?(candidate: Candidate, model: Model): { reason: string; instead: string } | undefined;
}

export const defineRule = (rule: Rule): Rule => rule;

/** Small whole designs: `bad` raises this rule and no other error or warning; `good` and `unknowable` none of this rule and no error. */
export interface Examples {
  bad: readonly Document[];
  good: readonly Document[];
  unknowable?: readonly Document[];
}
