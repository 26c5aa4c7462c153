import ELK from "elkjs/lib/elk.bundled.js";
import type { ElkNode } from "@/lib/editor/layout";

// Runs beside the page: a thousand nodes take seconds, and the canvas stays responsive meanwhile.
const elk = new ELK();

self.onmessage = async ({ data }: MessageEvent<{ graph: ElkNode }>) => {
  try {
    self.postMessage({ graph: await elk.layout(data.graph as never) });
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.message : String(error) });
  }
};
