import { useMemo } from "react";
import { own } from "@/lib/core/json";
import { mergePatch } from "@/lib/document/document";
import { useEditor } from "../editor/store";

/** What was set of a node or an edge, in the environment on the screen; undefined when there is none of this id. */
export function usePropsHere(id: string): object | undefined {
  const props = useEditor(({ state }) => (own(state.document.nodes, id) ?? own(state.document.edges, id))?.props);
  const patch = useEditor(({ state, environment }) =>
    environment === null ? undefined : own(own(state.document.environments, environment)?.props ?? {}, id),
  );
  return useMemo(() => (props && patch ? (mergePatch(props, patch) as object) : props), [props, patch]);
}
