import { chain, type Expr, raw, Variable } from "../code";
import { Program, type Statement, type Unit } from "../program";
import { Expressions, keyOf, type Setting, type Variant } from "./expressions";

/** The program of one environment. */
export interface EnvironmentProgram {
  name: string;
  program: Program;
}

/** One program for all environments. */
export interface MergedProgram {
  program: Program;
  /** The constant that it reads the environment from. */
  environment: Variable;
  settings: readonly Setting[];
}

/** A statement of the one program: what it is in each environment that has it. */
interface Row {
  declares: Variable | undefined;
  statements: { at: number; statement: Statement }[];
}

/**
 * Makes one program of those of several environments: what is the same stands once, literals that differ are read from
 * the environment, the rest stands under a condition. Run in an environment, it does what that environment's own program
 * does, in an order that its statements allow.
 */
export function mergePrograms(given: readonly EnvironmentProgram[]): MergedProgram {
  const units = unitsIn(given);
  const rows = rowsOf(given);
  const variables = variablesOf(rows, given.length);
  const names = given.map(({ name }) => name);
  const environment = new Variable(freeName("environment", variables.names), "Environment");
  const expressions = new Expressions(names, environment, (one) => variables.use(one));
  const program = new Program();
  for (const [key, row] of rows) {
    const [first] = row.statements as [Row["statements"][number], ...Row["statements"]];
    const variants = row.statements.map(({ at, statement }): Variant => ({ at, expr: statement.expr }));
    const expr = expressions.merge(variants, row.declares?.name ?? pathOf(key, first.statement));
    const some = row.statements.map(({ at }) => at);
    const everywhere = some.length === given.length;
    const { comment, from } = first.statement;
    const unit = units.of(row.statements.map(({ statement }) => statement));
    const options = { comment, from, unit };
    if (row.declares) {
      const whole = everywhere ? expr : expressions.either(some, expr, raw("undefined"));
      program.declare(variables.of(row.declares), whole, options);
    } else {
      program.run(everywhere ? expr : chain(raw("if ("), expressions.condition(some), raw(") "), expr), options);
    }
  }
  return { program, environment, settings: expressions.settings };
}

const freeName = (wanted: string, taken: ReadonlySet<string>): string => {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  return name;
};

const idOf = ({ name, type }: Variable): string => `${name}:${type}`;

/** The statements of all programs side by side, in an order as written. */
function rowsOf(given: readonly EnvironmentProgram[]): [string, Row][] {
  const rows = new Map<string, Row>();
  let order: string[] = [];
  given.forEach(({ program }, at) => {
    const count = new Map<string, number>();
    const before: string[] = [];
    const known = new Map(order.map((key, index) => [key, index]));
    let behind = -1;
    for (const statement of program.statements) {
      const plain = keyOfStatement(statement);
      const number = (count.get(plain) ?? 0) + 1;
      count.set(plain, number);
      const key = number === 1 ? plain : `${plain} #${number}`;
      const row = rows.get(key) ?? { declares: statement.declares, statements: [] };
      rows.set(key, row);
      row.statements.push({ at, statement });
      const place = known.get(key);
      if (place !== undefined) behind = Math.max(behind, place);
      else before.push(`${String(behind).padStart(8, " ")} ${key}`);
    }
    // What is new stands behind what it stood behind.
    const added = new Map<number, string[]>();
    for (const one of before) {
      const place = Number(one.slice(0, 8));
      added.set(place, [...(added.get(place) ?? []), one.slice(9)]);
    }
    order = [...(added.get(-1) ?? []), ...order.flatMap((key, index) => [key, ...(added.get(index) ?? [])])];
  });
  return order.map((key) => [key, rows.get(key) as Row]);
}

/** What makes statements of several programs the same one: the constant, or what is called on what. */
function keyOfStatement({ declares, expr }: Statement): string {
  if (declares) return `const ${idOf(declares)}`;
  if (expr instanceof Variable) return keyOf(expr);
  if (expr.is === "chain") return `chain ${expr.parts.slice(0, -1).map(keyOf).join()}`;
  if (expr.is !== "call") return keyOf(expr);
  const [first, second] = expr.args;
  const named = [first, second].find((arg) => arg && !(arg instanceof Variable) && arg.is === "literal");
  return `call ${keyOf(expr.callee)} ${named ? keyOf(named) : ""}`;
}

/** Words for the settings of a call: what it is called on, and its name. */
function pathOf(key: string, { expr }: Statement): string {
  if (!(expr instanceof Variable) && expr.is === "call") {
    const [first, second] = expr.args;
    const id = [first, second].find((arg) => arg && !(arg instanceof Variable) && arg.is === "literal") as
      | { value: unknown }
      | undefined;
    if (typeof id?.value === "string") return id.value;
  }
  return key.replace(/^(call|chain) /, "").replace(/:[^,]*/g, "");
}

/** The constants of the one program: what not every environment has may be undefined. */
function variablesOf(rows: readonly [string, Row][], count: number) {
  const made = new Map<string, Variable>();
  const optional = new Set<Variable>();
  const names = new Set<string>();
  for (const [, { declares, statements }] of rows) {
    if (!declares) continue;
    const everywhere = statements.length === count;
    const name = freeName(declares.name, names);
    names.add(name);
    const variable = new Variable(name, everywhere ? declares.type : `${declares.type} | undefined`);
    made.set(idOf(declares), variable);
    if (!everywhere) optional.add(variable);
  }
  const of = (one: Variable): Variable => made.get(idOf(one)) ?? one;
  return {
    names,
    of,
    /** Where it is used it is there: under the same condition. */
    use(one: Variable): Expr {
      const variable = of(one);
      return optional.has(variable) ? chain(variable, raw("!")) : variable;
    },
  };
}

/** The units of the one program: a part with a file of its own, unless a constant stands in it in some environments only. */
function unitsIn(given: readonly EnvironmentProgram[]) {
  const units = new Map<string, Unit>();
  const places = new Map<string, Set<string>>();
  for (const { program } of given) {
    for (const { declares, unit } of program.statements) {
      if (unit && !units.has(unit.name)) units.set(unit.name, { name: unit.name, about: unit.about });
      if (!declares) continue;
      const known = places.get(idOf(declares)) ?? new Set();
      places.set(idOf(declares), known.add(unit?.name ?? ""));
    }
  }
  const dissolved = new Set([...places.values()].filter((all) => all.size > 1).flatMap((all) => [...all]));
  return {
    of(statements: readonly Statement[]): Unit | undefined {
      const [name, ...others] = new Set(statements.map(({ unit }) => unit?.name ?? ""));
      return name === undefined || others.length > 0 || dissolved.has(name) ? undefined : units.get(name);
    },
  };
}
