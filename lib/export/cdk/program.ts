import type { Origin } from "../../stack/stack";
import { type Expr, Variable, visit } from "./code";
import { modules } from "./modules";

/** A part of the program with a file of its own: one service, one network. */
export interface Unit {
  /** Of the class, its file and its construct id. */
  name: string;
  about: string;
}

export interface Statement {
  expr: Expr;
  /** `const x = …`. */
  declares: Variable | undefined;
  comment: string | undefined;
  from: Origin | undefined;
  /** Undefined: it stands in the stack itself. */
  unit: Unit | undefined;
  uses: ReadonlySet<Variable>;
}

export interface StatementOptions {
  comment?: string | undefined;
  from?: Origin | undefined;
  unit?: Unit | undefined;
}

/** Names that mean something else in the files we write. */
const reserved = new Set<string>([
  ...Object.keys(modules),
  ...(
    "break case catch class const continue debugger default delete do else enum export extends false finally for function if import in " +
    "instanceof new null return super switch this throw true try typeof var void while with as implements interface let package private " +
    "protected public static yield any boolean constructor declare get module require number set string symbol type from of async await " +
    "undefined arguments eval scope id props"
  ).split(" "),
]);

/** Every statement of the exported program, in the order in which they were written; `ordered` gives one that runs. */
export class Program {
  readonly statements: Statement[] = [];
  private readonly taken = new Set<string>();

  /** A constant whose name nothing else has: the logical id with a small first letter. */
  variable(name: string, type: string): Variable {
    const plain = name.replace(/[^A-Za-z0-9]/g, "");
    const start = /^[A-Z]+(?=[A-Z][a-z]|[^A-Za-z]|$)|^[A-Z]/.exec(plain)?.[0] ?? "";
    const base = (start.toLowerCase() + plain.slice(start.length)).replace(/^(?=\d|$)/, "the");
    let free = base;
    for (let number = 2; reserved.has(free) || this.taken.has(free); number += 1) free = `${base}${number}`;
    this.taken.add(free);
    return new Variable(free, type);
  }

  /** `const variable = expr;` */
  declare(variable: Variable, expr: Expr, options: StatementOptions = {}): void {
    this.push(expr, variable, options);
  }

  /** A call for its effect. */
  run(expr: Expr, options: StatementOptions = {}): void {
    this.push(expr, undefined, options);
  }

  private push(expr: Expr, declares: Variable | undefined, { comment, from, unit }: StatementOptions): void {
    const uses = new Set<Variable>();
    visit(expr, { variable: (one) => uses.add(one) });
    this.statements.push({ expr, declares, comment, from, unit, uses });
  }
}

/** Forgets the names of what nobody speaks of: it stands as a call alone. */
export function dropUnused({ statements }: Program): void {
  const used = new Set(statements.flatMap(({ uses }) => [...uses]));
  for (const statement of statements) {
    if (statement.declares && !used.has(statement.declares)) statement.declares = undefined;
  }
}

/** What is put in order: a statement of the stack, or a unit with all of its statements. */
export type Step = { statement: Statement } | { unit: Unit; statements: Statement[] };

/**
 * Steps in an order that runs: everything after what it uses, otherwise as written. A unit is one step; a unit that
 * something outside needs half of (it is used by what it uses) is dissolved into the stack.
 */
export function ordered(program: Program): Step[] {
  const dissolved = new Set<Unit>();
  for (;;) {
    const steps = stepsOf(program.statements, dissolved);
    const result = sort(steps);
    if (Array.isArray(result)) return result;
    const units = result.stuck.flatMap((step) => ("unit" in step ? [step.unit] : []));
    if (units.length === 0) throw new Error("The statements of the program need one another in a circle.");
    for (const unit of units) dissolved.add(unit);
  }
}

function stepsOf(statements: readonly Statement[], dissolved: ReadonlySet<Unit>): Step[] {
  const steps: Step[] = [];
  const units = new Map<Unit, Statement[]>();
  for (const statement of statements) {
    const { unit } = statement;
    if (unit === undefined || dissolved.has(unit)) steps.push({ statement });
    else {
      let inside = units.get(unit);
      if (!inside) {
        inside = [];
        units.set(unit, inside);
        steps.push({ unit, statements: inside });
      }
      inside.push(statement);
    }
  }
  for (const step of steps) {
    if (!("unit" in step)) continue;
    const inner = sort(step.statements.map((statement) => ({ statement })));
    if (Array.isArray(inner)) step.statements = inner.map((one) => (one as { statement: Statement }).statement);
    else throw new Error(`The statements of ${step.unit.name} need one another in a circle.`);
  }
  return steps;
}

const statementsOf = (step: Step): readonly Statement[] => ("unit" in step ? step.statements : [step.statement]);

/** Depth first, so that what a step needs stands right before it; the steps on circles when there are some. */
function sort(steps: readonly Step[]): Step[] | { stuck: Step[] } {
  const owner = new Map<Variable, Step>();
  for (const step of steps) {
    for (const { declares } of statementsOf(step)) if (declares) owner.set(declares, step);
  }
  const state = new Map<Step, "open" | "done">();
  const sorted: Step[] = [];
  const stuck = new Set<Step>();
  const path: Step[] = [];
  const take = (step: Step): void => {
    const known = state.get(step);
    if (known === "done") return;
    if (known === "open") {
      for (const one of path.slice(path.indexOf(step))) stuck.add(one);
      return;
    }
    state.set(step, "open");
    path.push(step);
    for (const { uses } of statementsOf(step)) {
      for (const variable of uses) {
        const needed = owner.get(variable);
        if (needed && needed !== step) take(needed);
      }
    }
    path.pop();
    state.set(step, "done");
    sorted.push(step);
  };
  for (const step of steps) take(step);
  return stuck.size > 0 ? { stuck: [...stuck] } : sorted;
}
