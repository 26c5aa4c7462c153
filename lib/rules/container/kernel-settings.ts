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

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html */
const capabilityNames = new Set(
  (
    "ALL AUDIT_CONTROL AUDIT_WRITE BLOCK_SUSPEND CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER " +
    "KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW SETFCAP " +
    "SETGID SETPCAP SETUID SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO " +
    "SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG SYSLOG WAKE_ALARM"
  ).split(" "),
);

/** Docker's word for no limit. */
const UNLIMITED = -1;

/** Limits and memory settings of the kernel that AWS or Docker refuses. */
export function checkKernel(
  definition: ModelNode<"taskDefinition">,
  container: Container,
  onFargate: boolean,
  report: Report,
): void {
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
  const { swappiness, maxSwap, sharedMemorySize, capabilities, devices } = container.linuxParameters ?? {};
  for (const list of ["add", "drop"] as const) {
    // What Fargate grants is COMP-006, which knows one name only.
    if (list === "add" && onFargate) continue;
    for (const [index, name] of (capabilities?.[list] ?? []).entries()) {
      if (capabilityNames.has(name)) continue;
      const plain = name.toUpperCase().replace(/^CAP_/, "");
      const todo = capabilityNames.has(plain) ? `Write ${plain}` : "Write it without CAP_, such as NET_ADMIN";
      say(["linuxParameters", "capabilities", list, index], `“${clip(name, 40)}” is no capability`, todo);
    }
  }
  for (const [index, { hostPath }] of (onFargate ? [] : (devices ?? [])).entries()) {
    if (hostPath.startsWith("/")) continue;
    const what = `The device “${clip(hostPath, 40)}” is not a path of the host`;
    say(["linuxParameters", "devices", index, "hostPath"], what, "Write the whole path, such as /dev/fuse");
  }
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
