import type { Effect } from "@/lib/editor/commands/command";
import { placeName } from "@/lib/editor/names";
import { stopsOf } from "@/lib/network/path";
import { useEditor } from "../editor/store";

type Go = Extract<Effect, { effect: "blocked" }>["go"];

/** Shows what is blocked in Flows: one place after the other, each selected and with its reason read aloud, or all in one view. */
export function goToBlocked(go: Go): void {
  const { analysis, state, canvas, setMode, select, announce, notify } = useEditor.getState();
  const stops = stopsOf(analysis.flows, analysis.model.edges);
  if (stops.length === 0) {
    notify("Nothing is blocked.");
    return;
  }
  setMode("flows");
  const ids = stops.map(({ id }) => id);
  if (go === "all") {
    canvas?.fit(ids);
    return;
  }
  const here = ids.findIndex((id) => state.selection.includes(id));
  const first = go === "next" ? 0 : ids.length - 1;
  const at = here < 0 ? first : (here + (go === "next" ? 1 : -1) + ids.length) % ids.length;
  const stop = stops[at];
  if (!stop) return;
  const { document } = state;
  const place = Object.hasOwn(document.edges, stop.id) ? { edge: stop.id } : { node: stop.id };
  select([stop.id]);
  canvas?.fit([stop.id]);
  announce(`Blocked, ${at + 1} of ${ids.length}: ${placeName(document, place)}. ${stop.why}`);
}
