import type { Known } from "../../../stack/stack";
import { type Expr, lit, make, raw, unlessEmpty, type Variable } from "../code";
import { writeAttributes } from "../l1";
import { cfnClass } from "../modules";
import type { Builder, Handle, Writing } from "../writing";
import { child, handleOf } from "./shared";
import { writeAllWaits } from "./waits";

/** The policy that a resource carries, as its construct makes it. */
export interface OwnPolicy {
  policyOf(writing: Writing, resource: Known): Known | undefined;
  handle(variable: Variable, policy: Known): Handle;
  write(writing: Writing, policy: Known, variable: Variable): void;
}

/** A construct that stands for one resource, as far as it can say what the stack has. */
export interface Single {
  /** The class: "sqs.Queue". */
  type: string;
  /** What `Ref` is called on it. */
  ref: string;
  /** Attributes that have a name on it. */
  attributes: Readonly<Record<string, string>>;
  /** True when the construct with `props` synthesises to exactly this resource. */
  says(writing: Writing, resource: Known): boolean;
  props(writing: Writing, resource: Known): Expr;
  /** Policies of resources of its kind, which the construct makes. */
  admits?: OwnPolicy;
  /** Calls on the construct once it is made. */
  after?(writing: Writing, resource: Known, variable: Variable): void;
  /** The class sets the deletion policies itself. */
  retains?: boolean;
}

/** The builder of a construct that makes one resource: `new sqs.Queue(this, "Orders", { … })`. */
export const single =
  (made: Single): Builder =>
  (writing, resource) => {
    if (!made.says(writing, resource)) return undefined;
    const policy = made.admits ? made.admits.policyOf(writing, resource) : undefined;
    return {
      type: made.type,
      makes: policy ? [policy.id] : [],
      handle: (id, variable) =>
        policy && made.admits && id === policy.id
          ? made.admits.handle(variable, policy)
          : handleOf(resource, variable, made),
      write(variable) {
        const props = unlessEmpty(made.props(writing, resource));
        const expr = make(made.type, raw("this"), lit(resource.id), props);
        writing.program.declare(variable, expr, writing.place(resource));
        finish(writing, resource, variable, made.retains);
        if (policy) made.admits?.write(writing, policy, variable);
        made.after?.(writing, resource, variable);
      },
    };
  };

/** What a resource carries beside its properties: deletion policies where the class does not set them, and waits. */
export function finish(writing: Writing, resource: Known, variable: Variable, retains = false): void {
  const l1 = child(variable, "defaultChild", cfnClass(resource.type));
  if (!retains) writeAttributes(writing, resource, l1);
  writeAllWaits(writing, resource, l1);
}
