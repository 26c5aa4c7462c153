import { find, type Query } from "./search";

// Runs beside the page, so that a pattern that never ends can be stopped.
self.onmessage = ({ data }: MessageEvent<{ text: string; query: Query }>) => {
  self.postMessage(find(data.text, data.query));
};
