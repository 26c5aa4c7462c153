import type { Target, TargetId } from "./target";

/** Every output format. Emitters are loaded on demand so that the first paint does not carry them. */
export const targets: Readonly<Record<TargetId, () => Promise<Target>>> = {
  cloudformation: () => Promise.reject(new Error("not there yet")),
  "task-definition": () => Promise.reject(new Error("not there yet")),
};
