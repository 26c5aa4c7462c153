import ELK from "elkjs/lib/elk.bundled.js";
import type { ElkNode } from "@/lib/editor/layout";

// Runs beside the page: a thousand nodes take seconds, and the canvas stays responsive meanwhile.
const elk = new ELK();

self.onmessage = async ({ data }: MessageEvent<{ graphs: ElkNode[] }>) => {
  try {
    const graphs = [];
    for (const graph of data.graphs) graphs.push(await elk.layout(graph as never));
    self.postMessage({ graphs });
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
};
