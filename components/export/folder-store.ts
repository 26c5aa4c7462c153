import { create } from "zustand";
import type { Kept } from "./folder-memory";

/** How a folder stands to the drawing. */
export type InStep =
  | { is: "waiting" }
  | { is: "writing" }
  | { is: "inStep"; at: number; written: number; removed: number; left: readonly string[] }
  | { is: "permission" }
  | { is: "foreign"; paths: readonly string[] }
  | { is: "errors"; count: number }
  | { is: "trouble"; message: string };

interface FolderStore {
  /** The folder that the open design is kept in step with. */
  kept: Kept | undefined;
  state: InStep;
}

export const useFolder = create<FolderStore>()(() => ({ kept: undefined, state: { is: "waiting" } }));
