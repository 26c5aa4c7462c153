import type { Document } from "../lib/document/document";
import { type Draft, draw } from "../lib/testing/draw";
import { fargateWeb, type Web, type WebChanges } from "../lib/testing/presets";

/** The usual web service, laid out so that everything can be reached by the pointer; `more` draws beside it. */
export function webDesign(change: WebChanges = {}, more: (draft: Draft, web: Web) => void = () => {}): Document {
  return draw((draft) => {
    const web = fargateWeb(draft, change);
    const { layout } = draft.document;
    layout[web.internet] = { x: 0, y: 200 };
    layout[web.vpc] = { x: 300, y: 0, w: 1200, h: 560 };
    layout[web.alb] = { x: 40, y: 200 };
    layout[web.cluster] = { x: 420, y: 80, w: 740, h: 400 };
    layout[web.service] = { x: 40, y: 120 };
    layout[web.task] = { x: 400, y: 100 };
    layout[web.repository] = { x: 1600, y: 200 };
    more(draft, web);
  });
}

/** The design with other settings of one node. */
export function withProps(design: Document, id: string, props: Record<string, unknown>): Document {
  const node = design.nodes[id];
  if (!node) throw new Error(`There is no ${id}.`);
  return {
    ...design,
    nodes: { ...design.nodes, [id]: { ...node, props: { ...node.props, ...props } } as typeof node },
  };
}
