import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const routing = (props: { container?: string; containerPort?: number }, container = {}) =>
  draw((draft) => {
    const edge = draft.document.edges[fargateWeb(draft, { container }).forward];
    if (edge) edge.props = props;
  });

export const examples: Examples = {
  bad: [routing({ containerPort: 9000 }), routing({ container: "c2" }), routing({}, { portMappings: [] })],
  good: [
    routing({}),
    routing({ container: "c1", containerPort: 8080 }),
    routing({ containerPort: 8005 }, { portMappings: [{ containerPortRange: "8000-8010" }] }),
  ],
};
