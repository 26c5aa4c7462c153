import { useFlowsPanel } from "./panel-state";

/** The way back from an empty list to all of it, where only the selection was to be shown. */
export const ShowAll = ({ count }: { count: number }) => (
  <button
    type="button"
    className="text-accent underline underline-offset-2"
    onClick={() => useFlowsPanel.setState({ selectionOnly: false })}
  >
    Show all {count}
  </button>
);
