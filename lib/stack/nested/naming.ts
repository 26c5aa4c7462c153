import { outputKey } from "../outputs";
import type { Output, Stack } from "../stack";
import { att, ref, type Value } from "../value";
import { type StackFacts, stackPseudos } from "./facts";
import { keyOf, type Target, variablesIn } from "./references";
import { saidBy } from "./said";

/** The value of a reference, as a template holds it. */
export const asReference = ({ id, attribute }: Target): Value =>
  attribute === undefined ? ref(id) : att(id, attribute);

/** Names that nothing else in the stack has, in any template of it. */
export class Naming {
  private readonly taken: Set<string>;
  private readonly byKey = new Map<string, string>();

  constructor(
    private readonly stack: Stack,
    private readonly facts: StackFacts,
  ) {
    const { parameters, mappings, conditions, resources, outputs } = stack;
    this.taken = new Set([parameters, mappings, conditions, resources, outputs].flatMap(Object.keys));
    for (const resource of Object.values(resources)) {
      for (const variable of saidBy(resource).variables) this.taken.add(variable);
    }
    for (const { value } of Object.values(outputs)) variablesIn(value, this.taken);
  }

  unique(preferred: string): string {
    let name = preferred;
    for (let number = 2; this.taken.has(name); number += 1) name = `${preferred}${number}`;
    this.taken.add(name);
    return name;
  }

  /** Of the outputs and parameters that pass a value on. An output of the stack that gives the same is that output. */
  of(target: Target): string {
    const key = keyOf(target);
    let name = this.byKey.get(key);
    if (name === undefined) {
      const pseudo = Object.hasOwn(stackPseudos, key) ? stackPseudos[key] : undefined;
      const preferred = pseudo?.name ?? outputKey(target.id.slice(0, 120), target.attribute?.slice(0, 120));
      name = this.isGivenAs(preferred, target) ? preferred : this.unique(preferred);
      this.byKey.set(key, name);
    }
    return name;
  }

  private isGivenAs(name: string, target: Target): boolean {
    const output: Output | undefined = Object.hasOwn(this.stack.outputs, name) ? this.stack.outputs[name] : undefined;
    if (!output || output.condition !== this.stack.resources[target.id]?.condition) return false;
    const takes = this.facts.byOutput.get(name)?.takes;
    return takes?.length === 1 && takes[0]?.key === keyOf(target) && JSON.stringify(output.value) === textOf(target);
  }
}

const textOf = (target: Target): string => JSON.stringify(asReference(target));
