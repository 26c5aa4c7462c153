import type { Parameter } from "../../stack/stack";
import { Intrinsic, type Value } from "../../stack/value";
import { arr, call, type Expr, lit, make, member, obj, raw } from "./code";
import { json, str } from "./values";
import type { Writing } from "./writing";

/** Declares parameters and conditions, so that values can speak of them; writes them at the head of the stack. */
export function writeHead(writing: Writing): void {
  const { stack, program } = writing;
  for (const [id, parameter] of Object.entries(stack.parameters)) {
    const variable = program.variable(id, "CfnParameter");
    writing.name(id, {
      variable,
      ref: member(variable, "valueAsString"),
      attribute: (name) => member(variable, name),
      l1: variable,
    });
    program.declare(variable, make("CfnParameter", raw("this"), lit(id), parameterProps(parameter)), {
      from: parameter.origin,
    });
  }
  for (const id of Object.keys(stack.conditions)) {
    const variable = program.variable(id, "CfnCondition");
    writing.name(`condition ${id}`, { variable, ref: variable, attribute: () => variable, l1: variable });
  }
  for (const [id, value] of Object.entries(stack.conditions)) {
    const handle = writing.handle(`condition ${id}`);
    if (!handle) continue;
    const expr = make("CfnCondition", raw("this"), lit(id), obj({ expression: condition(writing, value) }));
    program.declare(handle.variable, expr);
  }
}

const parameterProps = (parameter: Parameter): Expr => {
  const { type, description, default: initial, allowedValues, minValue, maxValue, noEcho } = parameter;
  const { allowedPattern, constraintDescription } = parameter;
  return obj({
    type: type === "String" ? undefined : lit(type),
    description: lit(description),
    default: initial === undefined ? undefined : lit(initial),
    allowedValues: allowedValues && arr(allowedValues.map((value) => lit(String(value)))),
    allowedPattern: allowedPattern === undefined ? undefined : lit(allowedPattern),
    constraintDescription: constraintDescription === undefined ? undefined : lit(constraintDescription),
    minValue: minValue === undefined ? undefined : lit(minValue),
    maxValue: maxValue === undefined ? undefined : lit(maxValue),
    noEcho: noEcho === undefined ? undefined : lit(noEcho),
  });
};

const comparisons: Readonly<Record<string, string>> = {
  "Fn::And": "Fn.conditionAnd",
  "Fn::Equals": "Fn.conditionEquals",
  "Fn::Not": "Fn.conditionNot",
  "Fn::Or": "Fn.conditionOr",
};

/** A condition as the helpers of `Fn` say it. */
function condition(writing: Writing, value: Value): Expr {
  if (value instanceof Intrinsic && Array.isArray(value.argument)) {
    const helper = comparisons[value.name];
    if (helper !== undefined) {
      const inner = value.name === "Fn::Equals" ? str : condition;
      return call(raw(helper), ...value.argument.map((item) => inner(writing, item)));
    }
  }
  if (value instanceof Intrinsic && value.name === "Condition" && typeof value.argument === "string") {
    const other = writing.handle(`condition ${value.argument}`);
    if (other) return other.variable;
  }
  return json(writing, value);
}

/** Outputs, at the end of the stack. */
export function writeOutputs(writing: Writing): void {
  for (const [id, { value, description, origin }] of Object.entries(writing.stack.outputs)) {
    const props = obj({ value: str(writing, value), description: lit(description) });
    writing.program.run(make("CfnOutput", raw("this"), lit(id), props), { from: origin });
  }
}
