import { estimate } from "../cost/estimate";
import { loadPrices } from "../cost/prices";
import type { Document } from "../document/document";
import { apply } from "../document/edits/apply";
import type { Edit } from "../document/edits/edit";
import { cloudformation } from "../export/cloudformation";
import { grantsOf } from "../grants/grants";
import { buildModel } from "../model/build";
import { traceFlows } from "../network/trace";
import { check } from "../rules/engine";
import { lower } from "../stack/lower";
import { benchExports } from "./bench-exports";
import { exportContext } from "./export-context";
import { sampleDesign } from "./sample-design";

/**
 * Cost of everything that follows an edit, beside `JSON.parse(JSON.stringify(design))` of the same design in the same
 * run; and how it grows with the design. Prints a table; asserts nothing.
 */

const SIZES = [100, 300, 1_000, 5_000];

/** Median milliseconds of one call, over enough calls to trust it. */
function median<T>(work: (given: T) => void, prepare: () => T = () => undefined as T): number {
  const until = performance.now() + 1_500;
  const times: number[] = [];
  while (times.length < 5 || (performance.now() < until && times.length < 200)) {
    const given = prepare();
    const start = performance.now();
    work(given);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] as number;
}

const prices = await loadPrices("us-east-1");
if (!prices.ok) throw new Error(prices.problems[0]?.message);

/** Everything that follows from a design, in the order of the stages; gives the milliseconds that each took. */
function everything(document: Document): Laps {
  const laps = {} as Laps;
  let since = performance.now();
  const lap = <T>(stage: Stage, value: T): T => {
    const now = performance.now();
    laps[stage] = now - since;
    since = now;
    return value;
  };
  const model = lap("model", buildModel(document));
  const stack = lap("stack", lower(model));
  const flows = lap("flows", traceFlows(model, stack));
  // Rules ask for them, and find them made.
  lap("grants", grantsOf(model, stack));
  lap("rules", check({ model, stack, flows }));
  lap("cost", prices.ok && estimate(model, stack, prices.value, { scenario: "typical", environment: null }));
  lap("template", cloudformation.emit(stack, { format: "yaml" }, exportContext()));
  return laps;
}

type Stage = "model" | "stack" | "flows" | "grants" | "rules" | "cost" | "template";
type Laps = Record<Stage, number>;

/** Median milliseconds of each stage, in runs after an edit, each of which finds what the run before it kept. */
function stages(document: Document): Laps {
  const edited = edits(document);
  const all = Array.from({ length: RUNS }, () => everything(edited()));
  const times = (stage: Stage): number[] => all.map((laps) => laps[stage]).sort((a, b) => a - b);
  return Object.fromEntries(
    (Object.keys(all[0] as Laps) as Stage[]).map((stage) => [stage, times(stage)[Math.floor(RUNS / 2)]]),
  ) as Laps;
}

const RUNS = 25;

/** One design after another, each with one edit more: names, sizes and counts, of one node after the other. */
function edits(document: Document): () => Document {
  const services = Object.keys(document.nodes).filter((id) => document.nodes[id]?.kind === "service");
  const tasks = Object.keys(document.nodes).filter((id) => document.nodes[id]?.kind === "taskDefinition");
  const pick = (ids: readonly string[], turn: number): string => ids[turn % ids.length] as string;
  const kinds: ((turn: number) => Edit)[] = [
    (turn) => ({ edit: "rename", id: pick(services, turn), name: `Service ${turn}` }),
    (turn) => ({
      edit: "setField",
      id: pick(tasks, turn),
      field: "/containerDefinitions/c1/memory",
      value: 128 + turn,
    }),
    (turn) => ({ edit: "setField", id: pick(services, turn), field: "/desiredCount", value: 1 + (turn % 9) }),
  ];
  let at = document;
  let turn = 0;
  return () => {
    const applied = apply(at, kinds[turn % kinds.length]?.(turn) as Edit);
    if (!applied.ok) throw new Error(applied.problems[0]?.message);
    turn += 1;
    at = applied.value.document;
    return at;
  };
}

const other = sampleDesign(1, 1);

const rows = SIZES.map((size) => {
  const document = sampleDesign(42, size);
  const text = JSON.stringify(document);
  const round = median(() => JSON.parse(JSON.stringify(document)));
  const warm = median(everything, edits(document));
  // A fresh copy after another design shares nothing with what was seen before: no cache helps, as on opening a design.
  const cold = median(everything, () => {
    everything(other);
    return JSON.parse(text) as Document;
  });
  const laps = stages(document);
  return {
    nodes: Object.keys(document.nodes).length,
    resources: Object.keys(lower(buildModel(document)).resources).length,
    "JSON round trip ms": round,
    "after an edit ms": warm,
    "after opening ms": cold,
    ratio: warm / round,
    "model ms": laps.model,
    "stack ms": laps.stack,
    "flows ms": laps.flows,
    "grants ms": laps.grants,
    "rules ms": laps.rules,
    "cost ms": laps.cost,
    "template ms": laps.template,
  };
});

console.table(
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value.toPrecision(3))]))),
);
const first = rows[0] as (typeof rows)[number];
const last = rows[rows.length - 1] as (typeof rows)[number];
const exponent = Math.log(last["after an edit ms"] / first["after an edit ms"]) / Math.log(last.nodes / first.nodes);
console.log(`Growth exponent from ${first.nodes} to ${last.nodes} nodes: ${exponent.toFixed(2)} (target: at most 1.1)`);
console.log(`At 300 nodes all flows take ${rows[1]?.["flows ms"].toFixed(1)} ms (target: under 20 ms)`);
console.log(
  `At 300 nodes the cost takes ${rows[1]?.["cost ms"].toFixed(1)} ms once prices are loaded (target: under 5 ms)`,
);
console.log(
  `At 300 nodes everything after an edit costs ${rows[1]?.ratio.toFixed(0)} JSON round trips (target: at most 100)`,
);

await benchExports(median);
