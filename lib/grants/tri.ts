/** Whether something holds, where only the deployment may know. */
export type Tri = "yes" | "no" | "maybe";

export const allOf = (parts: readonly Tri[]): Tri =>
  parts.includes("no") ? "no" : parts.includes("maybe") ? "maybe" : "yes";

export const anyOf = (parts: readonly Tri[]): Tri =>
  parts.includes("yes") ? "yes" : parts.includes("maybe") ? "maybe" : "no";

export const not = (part: Tri): Tri => (part === "yes" ? "no" : part === "no" ? "yes" : "maybe");
