import { own } from "../../core/json";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { type Container, containersOf, edgesFromContainer, servicesOf } from "../../model/queries";
import { mostField, mostTasks, scalingOf } from "../../model/scaling";
import { defineRule } from "../rule";
import { mountsOfContainer } from "./volumes";

/** Where the usual images of databases keep their data. */
const dataDirectories: Record<string, string> = {
  postgres: "/var/lib/postgresql/data",
  postgis: "/var/lib/postgresql/data",
  mysql: "/var/lib/mysql",
  mariadb: "/var/lib/mysql",
  mongo: "/data/db",
  cassandra: "/var/lib/cassandra",
  elasticsearch: "/usr/share/elasticsearch/data",
  influxdb: "/var/lib/influxdb2",
  neo4j: "/data",
};

export const lostData = defineRule({
  id: "ECS-STO-013",
  severity: "warning",
  title: "Data on a volume that disappears",
  why: "What a task writes to its own disk, or to a volume of the task, is gone when the task is replaced, and other copies never see it.",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html",
  needs: ["taskDefinition"],
  check({ model }, report) {
    for (const taskDefinition of model.of("taskDefinition")) {
      const service = servicesOf(taskDefinition).find((one) => mostTasks(one) > 1);
      if (!service) continue;
      for (const container of containersOf(taskDefinition)) {
        const directory = own(dataDirectories, databaseOf(taskDefinition, container));
        if (directory === undefined || isKept(taskDefinition, container, directory)) continue;
        report({
          at: { node: taskDefinition.id, field: `/containerDefinitions/${container.id}` },
          also: [{ node: service.id, field: mostField(service) }],
          message: `${directory} of container ${container.name} lives only as long as its task; its data is lost when the task is replaced and is not shared by the ${scalingOf(service) ? "" : `${mostTasks(service)} `}tasks of ${service.name}. Use EFS for shared files or a database service.`,
        });
      }
    }
  },
});

/** "postgres" for docker.io/library/postgres:16 and for the Docker Hub image it pulls; "" for what we cannot tell. */
function databaseOf(taskDefinition: ModelNode<"taskDefinition">, container: Container): string {
  const pulled = edgesFromContainer(taskDefinition, container.id).find((edge) => edge.relation === "pull")?.to;
  const image = isKind(pulled, "dockerHub") ? pulled.props.repository : pulled ? "" : (container.image ?? "");
  return image.replace(/^.*\//, "").replace(/[:@].*$/, "");
}

/** Whether an EFS mount, or a volume of the host, holds the directory. */
function isKept(taskDefinition: ModelNode<"taskDefinition">, container: Container, directory: string): boolean {
  const holds = (path: string): boolean => directory === path || directory.startsWith(`${path.replace(/\/$/, "")}/`);
  const files = mountsOfContainer(taskDefinition, container.id).some((edge) => holds(edge.props.containerPath));
  // A volume that lives elsewhere (a shared Docker volume with its own driver) is for the person to judge.
  const elsewhere = container.mountPoints.some(({ containerPath, sourceVolume }) => {
    const volume = taskDefinition.props.volumes.find(({ name }) => name === sourceVolume);
    return holds(containerPath) && (volume?.dockerVolumeConfiguration?.driver ?? "local") !== "local";
  });
  return files || elsewhere;
}
