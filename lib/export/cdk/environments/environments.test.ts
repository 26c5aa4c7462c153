import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../../../document/document";
import { starters } from "../../../document/starters";
import { analyse } from "../../../editor/analysis";
import { exportInput } from "../../../editor/exporting";
import { arbitraryDesign } from "../../../testing/arbitrary-design";
import { synthesise } from "../../../testing/cdk-synth";
import { typeFaults } from "../../../testing/cdk-types";
import { denseDesign } from "../../../testing/dense-design";
import { withEnvironments, withForeignProps } from "../../../testing/environments";
import { differences } from "../../../testing/parity";
import { random } from "../../../testing/random";
import { readTemplate } from "../../../testing/read-template";
import { sampleDesign } from "../../../testing/sample-design";
import { cloudformation } from "../../cloudformation";
import type { OutFile } from "../../target";
import { cdk } from "..";

const names = ["dev", "stage", "prod"];

function app(document: Document): OutFile[] {
  const analysis = analyse(document, { environment: null, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null, takes: cdk.environments });
  return cdk.emit(stack, {}, context).files;
}

/** The template of the CloudFormation export of one environment. */
function template(document: Document, environment: string): object {
  const analysis = analyse(document, { environment, scenario: "typical", prices: null });
  const { stack, context } = exportInput(analysis, { prices: null, takes: cloudformation.environments });
  return readTemplate(cloudformation.emit(stack, { format: "json" }, context).files[0]?.text ?? "");
}

/** What the stacks of the app have other than the stack of an app of one environment alone. */
async function unlikeAlone(document: Document): Promise<string[]> {
  const stacks = await synthesise(app(document));
  const said: string[] = [];
  for (const name of Object.keys(document.environments)) {
    const analysis = analyse(document, { environment: name, scenario: "typical", prices: null });
    const { stack, context } = exportInput(analysis, { prices: null, takes: cdk.environments });
    const [alone = {}] = Object.values(await synthesise(cdk.emit(stack, {}, context).files));
    const [, theirs = {}] = Object.entries(stacks).find(([id]) => id.endsWith(`-${name}`)) ?? [];
    said.push(...differences(alone, theirs).map((text) => `${name}: ${text}`));
  }
  return said;
}

/** What the stacks of the app have other than the templates of their environments. */
async function faults(document: Document): Promise<string[]> {
  const stacks = await synthesise(app(document));
  const environments = Object.keys(document.environments);
  expect(Object.keys(stacks)).toHaveLength(environments.length);
  return environments.flatMap((name) => {
    const [, theirs = {}] = Object.entries(stacks).find(([id]) => id.endsWith(`-${name}`)) ?? [];
    return differences(template(document, name), theirs).map((text) => `${name}: ${text}`);
  });
}

const designs: [string, Document][] = [
  ...starters.map(({ id, document }): [string, Document] => [id, withEnvironments(document, random(5), names)]),
  ...Array.from({ length: 15 }, (_, seed): [string, Document] => [
    `random design ${seed}`,
    withEnvironments(sampleDesign(seed, 30), random(seed + 30), names.slice(0, 1 + (seed % 3))),
  ]),
];

/** Everything connected, with props of anything: nobody's design, but hard to write as one. */
const odd: [string, Document][] = [1, 2, 3].map((seed) => [
  `dense design ${seed}`,
  withForeignProps(denseDesign(seed), [denseDesign(seed + 100), denseDesign(seed + 200)]),
]);

describe("the CDK app of a design with environments", () => {
  it.each(designs)("synthesises to the template of each: %s", async (_, document) => {
    expect(await faults(document)).toEqual([]);
  });

  it.each(odd)("synthesises to what each would alone: %s", async (_, document) => {
    expect(await unlikeAlone(document)).toEqual([]);
  });

  it("is written whatever the design", () => {
    fc.assert(
      fc.property(arbitraryDesign, fc.array(arbitraryDesign, { minLength: 1, maxLength: 3 }), (document, donors) => {
        expect(app(withForeignProps(document, donors)).length).toBeGreaterThan(0);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it("passes the TypeScript compiler in strict mode", () => {
    const apps = [...designs, ...odd].map(([, document], at) => [`app${at}`, app(document)] as const);
    expect(typeFaults(Object.fromEntries(apps))).toEqual([]);
  });

  it("reads figures that differ from a typed environment, and is one class", () => {
    const shop = starters[0]?.document as Document;
    const idOf = (name: string): string => Object.entries(shop.nodes).find(([, node]) => node.name === name)?.[0] ?? "";
    const files = app({
      ...shop,
      environments: {
        dev: { props: { [idOf("Web task")]: { cpu: 256, memory: 512 } }, usage: {} },
        prod: { props: { [idOf("Network")]: { natGateways: "perZone" } }, usage: {} },
      },
    });
    const text = (path: string): string => files.find((file) => file.path === path)?.text ?? "";
    expect(text("lib/web.ts")).toContain("cpu: environment.webTaskCpu,");
    expect(text("lib/network.ts")).toContain("natGateways: environment.networkNatGateways,");
    expect(text("lib/environments.ts")).toContain("networkNatGateways: 2,");
    expect(
      text("bin/shop-on-fargate.ts").match(/new ShopOnFargateStack\(app, "ShopOnFargate-(dev|prod)"/g),
    ).toHaveLength(2);
  });
});
