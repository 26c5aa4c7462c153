import { estimate } from "../cost/estimate";
import { loadPrices } from "../cost/prices";
import type { Document } from "../document/document";
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
function median(work: () => void): number {
  const until = performance.now() + 1_500;
  const times: number[] = [];
  while (times.length < 5 || (performance.now() < until && times.length < 200)) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] as number;
}

const prices = await loadPrices("us-east-1");
if (!prices.ok) throw new Error(prices.problems[0]?.message);

function everything(document: Document): void {
  const model = buildModel(document);
  const stack = lower(model);
  const flows = traceFlows(model, stack);
  check({ model, stack, flows });
  cloudformation.emit(stack, { format: "yaml" }, exportContext());
  if (prices.ok) estimate(model, stack, prices.value, { scenario: "typical", environment: null });
}

const rows = SIZES.map((size) => {
  const document = sampleDesign(42, size);
  const text = JSON.stringify(document);
  const round = median(() => JSON.parse(JSON.stringify(document)));
  const warm = median(() => everything(document));
  // A fresh copy shares nothing with what was seen before: no cache helps, as on opening a design.
  const cold = median(() => everything(JSON.parse(text) as Document)) - round;
  const model = buildModel(document);
  const stack = lower(model);
  const flows = traceFlows(model, stack);
  return {
    nodes: Object.keys(document.nodes).length,
    resources: Object.keys(stack.resources).length,
    "JSON round trip ms": round,
    "after an edit ms": warm,
    "after opening ms": cold,
    ratio: warm / round,
    "model ms": median(() => buildModel(document)),
    "stack ms": median(() => lower(model)),
    "flows ms": median(() => traceFlows(model, stack)),
    // A copy, because the answers of a stack are kept.
    "grants ms": median(() => grantsOf(model, { ...stack })),
    "rules ms": median(() => check({ model, stack, flows })),
    "cost ms": median(() => estimate(model, stack, prices.value, { scenario: "typical", environment: null })),
    "template ms": median(() => cloudformation.emit(stack, { format: "yaml" }, exportContext())),
  };
});

console.table(
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key, Number(value.toPrecision(3))]))),
);
const first = rows[0] as (typeof rows)[number];
const last = rows[rows.length - 1] as (typeof rows)[number];
const exponent = Math.log(last["after an edit ms"] / first["after an edit ms"]) / Math.log(last.nodes / first.nodes);
console.log(`Growth exponent from ${first.nodes} to ${last.nodes} nodes: ${exponent.toFixed(2)} (target: at most 1.1)`);
console.log(
  `At 300 nodes the cost takes ${rows[1]?.["cost ms"].toFixed(1)} ms once prices are loaded (target: under 5 ms)`,
);
console.log(
  `At 300 nodes everything after an edit costs ${rows[1]?.ratio.toFixed(0)} JSON round trips (target: at most 100)`,
);

await benchExports(median);
