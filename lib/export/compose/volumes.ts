import { type Properties, targetOf, type Value } from "../../stack/value";
import { legal, type Task } from "./plan";
import { literal } from "./variables";

const listOf = (value: Value | undefined): Properties[] => (Array.isArray(value) ? (value as Properties[]) : []);

/** The volumes of all tasks. Tasks that mount the same directory of a file system share one here too. */
export class Volumes {
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** Long form of each mount. https://docs.docker.com/reference/compose-file/services/#long-syntax-6 */
  mounts(task: Task, { MountPoints }: Properties): object[] {
    const volumes = listOf(task.resource.properties.Volumes);
    return listOf(MountPoints).flatMap(({ SourceVolume, ContainerPath, ReadOnly }) => {
      const volume = volumes.find(({ Name }) => Name === SourceVolume);
      if (!volume || typeof ContainerPath !== "string") return [];
      const { SourcePath: path } = (volume.Host ?? {}) as Properties;
      const place =
        typeof path === "string"
          ? { type: "bind", source: literal(path) }
          : { type: "volume", source: this.nameOf(task, volume) };
      return [{ ...place, target: literal(ContainerPath), ...(ReadOnly === true ? { read_only: true } : {}) }];
    });
  }

  private nameOf(task: Task, volume: Properties): string {
    const { Name, Host: _, ...configuration } = volume;
    const shared = Object.keys(configuration).length > 0;
    const key = JSON.stringify(shared ? configuration : [task.resource.id, Name]);
    let name = this.names.get(key);
    if (name === undefined) {
      const { FilesystemId } = (configuration.EFSVolumeConfiguration ?? {}) as Properties;
      const base = legal(`${targetOf(FilesystemId) ?? task.family}-${Name}`.toLowerCase());
      name = base;
      for (let number = 2; this.taken.has(name); number += 1) name = `${base}-${number}`;
      this.taken.add(name);
      this.names.set(key, name);
    }
    return name;
  }

  get all(): string[] {
    return [...this.taken].sort();
  }
}
