import { describe, expect, it } from "vitest";
import { readAt } from "../core/pointer";
import type { Document } from "../document/document";
import { starters } from "../document/starters";
import { buildModel } from "../model/build";
import { lower } from "../stack/lower";
import { type Draft, draw } from "../testing/draw";
import { fargateWeb, type Web, type WebChanges } from "../testing/presets";
import { sampleDesign } from "../testing/sample-design";
import { placeOfHop } from "./said";
import { traceFlows } from "./trace";

function said(document: Document) {
  const model = buildModel(document);
  const stack = lower(model);
  const flows = traceFlows(model, stack);
  const hops = flows.flows.flatMap(({ edge, hops }) =>
    hops.map((hop) => ({ edge, hop, place: placeOfHop({ model, stack }, edge, hop) })),
  );
  return { model, hops };
}

function forward(change: WebChanges): { ids: Web; places: readonly unknown[] } {
  let ids: Web | undefined;
  const document = draw((draft: Draft) => {
    ids = fargateWeb(draft, change);
  });
  const { hops } = said(document);
  return { ids: ids as Web, places: hops.filter(({ edge }) => edge === ids?.forward).map(({ place }) => place) };
}

describe("where a hop is said", () => {
  it("leads to listeners, to the edge that a rule was derived for, and to the groups of a node", () => {
    const { ids, places } = forward({});
    expect(places).toEqual([
      { node: ids.alb, field: "/listeners/1" },
      { edge: ids.forward },
      { node: ids.alb, field: "/securityGroups" },
      { edge: ids.forward },
    ]);
  });

  it("leads to the very rule that a person wrote, and to the groups that lack one", () => {
    const rule = { ipProtocol: "tcp", fromPort: 8080, toPort: 8080, peer: { node: "n3" } } as const;
    const written = forward({ service: { securityGroups: { mode: "own", ingress: [rule] } } });
    expect(written.places.at(-1)).toEqual({ node: written.ids.service, field: "/securityGroups/ingress/0" });
    const lacking = forward({ service: { securityGroups: { mode: "own" } } });
    expect(lacking.places.at(-1)).toEqual({ node: lacking.ids.service, field: "/securityGroups" });
  });

  it("is a place that exists, for every hop of starters and random designs", () => {
    let seen = 0;
    const designs = [
      ...starters.map(({ document }) => document),
      ...[1, 2, 3, 4].map((seed) => sampleDesign(seed, 60)),
    ];
    for (const document of designs) {
      const { model, hops } = said(document);
      for (const { place, hop } of hops) {
        const thing = model.node(place.node ?? "") ?? model.edge(place.edge ?? "");
        expect(thing, hop.why).toBeDefined();
        if (place.field !== undefined) expect(readAt(thing?.props as never, place.field), hop.why).toBeDefined();
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(100);
  });
});
