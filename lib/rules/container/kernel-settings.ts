import { clip } from "../../core/text";
import type { ModelNode } from "../../model/model";
import type { Container } from "../../model/queries";
import { safe, set } from "../repairs";
import type { Report } from "../rule";
import { containerField } from "../workloads";

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html */
const limitNames = new Set(
  "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split(" "),
);

/** Docker's word for no limit. */
const UNLIMITED = -1;

/** Limits and memory settings of the kernel that AWS or Docker refuses. */
export function checkKernel(definition: ModelNode<"taskDefinition">, container: Container, report: Report): void {
  const say = (path: readonly (string | number)[], what: string, todo: string, value?: number) => {
    const field = containerField(container.id, ...path);
    report({
      at: { node: definition.id, field },
      message: `${what} on ${container.name}, and ECS refuses the task definition or the task cannot start. ${todo}.`,
      ...(value === undefined ? {} : { fix: safe(`Set ${value}`, set(definition.id, field, value)) }),
    });
  };
  for (const [index, { name, softLimit, hardLimit }] of (container.ulimits ?? []).entries()) {
    if (!limitNames.has(name)) {
      say(["ulimits", index, "name"], `“${clip(name, 40)}” is no ulimit`, `Use one of ${[...limitNames].join(", ")}`);
    } else if (hardLimit !== UNLIMITED && (softLimit > hardLimit || softLimit === UNLIMITED)) {
      const what = `The soft limit of ${name} (${softLimit}) is above its hard limit (${hardLimit})`;
      say(["ulimits", index, "softLimit"], what, "Set the soft limit to the hard limit or below", hardLimit);
    }
  }
  const { swappiness, maxSwap, sharedMemorySize } = container.linuxParameters ?? {};
  if (swappiness !== undefined && (swappiness < 0 || swappiness > 100)) {
    say(["linuxParameters", "swappiness"], `Swappiness is ${swappiness}`, "Use 0 to 100", swappiness < 0 ? 0 : 100);
  }
  if (maxSwap !== undefined && maxSwap < 0) {
    say(["linuxParameters", "maxSwap"], `Maximum swap is ${maxSwap} MiB`, "Use 0, which means none, or more", 0);
  }
  if (sharedMemorySize !== undefined && sharedMemorySize <= 0) {
    const what = `Shared memory is ${sharedMemorySize} MiB`;
    say(["linuxParameters", "sharedMemorySize"], what, "Use 64, which is the default, or more", 64);
  }
}
