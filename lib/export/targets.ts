import type { Target, TargetId } from "./target";

/** Every output format. Emitters are loaded on demand so that the first paint does not carry them. */
export const targets: Readonly<Record<TargetId, () => Promise<Target>>> = {
  cdk: async () => erase((await import("./cdk")).cdk),
  cloudformation: async () => erase((await import("./cloudformation")).cloudformation),
  compose: async () => erase((await import("./compose")).compose),
  mermaid: async () => erase((await import("./diagram/mermaid")).mermaid),
  repository: async () => {
    const { repositoryOf } = await import("./repository");
    const others = (Object.keys(targets) as TargetId[]).filter((id) => id !== "repository");
    const siblings = await Promise.all(others.map(async (id) => [id, await targets[id]()] as const));
    return erase(repositoryOf(Object.fromEntries(siblings)));
  },
  svg: async () => erase((await import("./diagram/svg")).svg),
  "task-definition": async () => erase((await import("./task-definition")).taskDefinition),
  terraform: async () => erase((await import("./terraform")).terraform),
};

/** A target behind a checked door: options are parsed before they reach the emitter. */
function erase<O>(target: Target<O>): Target {
  return {
    ...target,
    emit: (stack, options, context) => target.emit(stack, target.options.parse(options ?? {}), context),
  };
}
