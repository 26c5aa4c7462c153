import { list } from "../../core/text";
import { containersOf, servicesOf } from "../../model/queries";
import { review, set } from "../repairs";
import { defineRule } from "../rule";
import { containerField, isWindows } from "../workloads";

export const writableRoot = defineRule({
  id: "ECS-CON-009",
  severity: "info",
  title: "Root file system is writable",
  why: "An attacker in a container with a read-only root file system cannot change programs or leave files behind.",
  docs: "https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const definition of model.of("taskDefinition")) {
      // ECS Exec writes to it (CON-010).
      if (isWindows(definition) || servicesOf(definition).some((service) => service.props.enableExecuteCommand))
        continue;
      const writable = containersOf(definition).filter((container) => !container.readonlyRootFilesystem);
      const [first] = writable;
      if (!first) continue;
      report({
        at: { node: definition.id, field: containerField(first.id, "readonlyRootFilesystem") },
        message: `${list(writable.map((container) => container.name))} can write ${writable.length === 1 ? "its own root file system" : "their own root file systems"}. ${writable.length === 1 ? "Make it read-only and mount a volume or tmpfs where it" : "Make them read-only and mount a volume or tmpfs where they"} must write.`,
        fix: review(
          "Make it read-only with a tmpfs at /tmp",
          ...writable.flatMap(({ id, linuxParameters }) => {
            const tmpfs = linuxParameters?.tmpfs ?? [];
            const has = tmpfs.some((item) => item.containerPath === "/tmp");
            return [
              set(definition.id, containerField(id, "readonlyRootFilesystem"), true),
              ...(has
                ? []
                : [
                    set(definition.id, containerField(id, "linuxParameters", "tmpfs"), [
                      ...tmpfs,
                      { containerPath: "/tmp", size: 64 },
                    ]),
                  ]),
            ];
          }),
        ),
      });
    }
  },
});
