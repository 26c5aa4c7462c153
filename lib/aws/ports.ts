import type { Sourced } from "./docs";
import type { Os } from "./fargate-sizes";

export interface PortSpan {
  from: number;
  to: number;
}

export interface PortRow {
  protocol: "tcp" | "udp";
  ports: readonly PortSpan[];
  /** False: a convention that AWS's interface definitions do not state. */
  verified: boolean;
}

const tcp = (verified: boolean, ...ports: readonly (number | readonly [number, number])[]): PortRow => ({
  protocol: "tcp",
  verified,
  ports: ports.map((port) => (typeof port === "number" ? { from: port, to: port } : { from: port[0], to: port[1] })),
});

/** Ports of what tasks commonly talk to. */
export const targetPorts = {
  http: tcp(true, 80),
  https: tcp(true, 443),
  efs: tcp(false, 2049),
  "s3-files": tcp(false, 2049),
  redshift: tcp(true, 5439),
  neptune: tcp(true, 8182),
  memcached: tcp(true, 11211),
  postgresql: tcp(false, 5432),
  mysql: tcp(false, 3306),
  sqlserver: tcp(false, 1433),
  oracle: tcp(false, 1521),
  redis: tcp(false, 6379),
  documentdb: tcp(false, 27017),
  opensearch: tcp(false, 443),
  "msk-plaintext": tcp(false, 9092),
  "msk-tls": tcp(false, 9094),
  "msk-iam": tcp(false, 9098),
  "fsx-windows": tcp(false, 445),
  "fsx-lustre": tcp(false, 988, [1018, 1023]),
  "fsx-ontap": tcp(false, 111, 635, 2049, [4045, 4046]),
  "fsx-openzfs": tcp(false, 111, 2049, [20001, 20003]),
  geneve: { protocol: "udp", ports: [{ from: 6081, to: 6081 }], verified: true },
  "vpc-endpoint": tcp(true, 443),
} satisfies Record<string, PortRow>;
export type PortTarget = keyof typeof targetPorts;

/** The first port of a target: what a connection string names. */
export function portOf(target: PortTarget): number {
  const [first] = targetPorts[target].ports;
  return first?.from ?? 0;
}

/** Ports that the operating system and the ECS agent keep on every container instance. */
export const reservedHostPorts: Sourced & { readonly ports: readonly number[] } = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  asOf: "2026-05",
  ports: [22, 2375, 2376, 51678, 51679, 51680],
};

/** True for a host port that no container may take on a container instance. */
export const isReservedHostPort = (port: number): boolean => reservedHostPorts.ports.includes(port);

/** Host ports that dynamic mapping chooses from. A group must allow all of them, since nobody knows which it will be. */
export const ephemeralPorts: Sourced & {
  readonly linux: PortSpan;
  /** Used where the kernel does not say which range it uses. */
  readonly linuxFallback: PortSpan;
  readonly windows: PortSpan;
} = {
  source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html",
  asOf: "2026-05",
  linux: { from: 32768, to: 65535 },
  linuxFallback: { from: 49153, to: 65535 },
  windows: { from: 49152, to: 65535 },
};

/** The host ports to open for dynamic mapping on container instances of an operating system. */
export const ephemeralPortsFor = (os: Os): PortSpan => ephemeralPorts[os];

/**
 * Ports that whoever opens a connection gets the answer on. Network access lists keep no state, so that they must let it
 * through. Where the client is not known, AWS advises to open all of `any`.
 */
export const answerPorts: Sourced & {
  readonly linux: PortSpan;
  readonly windows: PortSpan;
  readonly loadBalancer: PortSpan;
  readonly natGateway: PortSpan;
  readonly any: PortSpan;
} = {
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html",
  asOf: "2026-11",
  linux: { from: 32768, to: 61000 },
  windows: { from: 49152, to: 65535 },
  loadBalancer: { from: 1024, to: 65535 },
  natGateway: { from: 1024, to: 65535 },
  any: { from: 1024, to: 65535 },
};

/** True when a rule for `wide` lets every port of `narrow` through. */
export const covers = (wide: PortSpan, narrow: PortSpan): boolean => wide.from <= narrow.from && wide.to >= narrow.to;
