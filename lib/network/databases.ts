import { portOf } from "../aws/ports";
import type { Resource } from "../stack/stack";
import { at, isOpen, keyOf, type Lookup, numberOf } from "./lookup";

/** The port on which a resource answers: a number, or why nobody can say. */
export type Listens = { port: number } | { why: string };

/** Ports of engines where none is given. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const engines: readonly (readonly [RegExp, number])[] = [
  [/^(mysql|mariadb|aurora|aurora-mysql)$/, portOf("mysql")],
  [/^(postgres|postgresql)$/, portOf("postgresql")],
  [/^(custom-)?oracle-/, portOf("oracle")],
  [/^(custom-)?sqlserver-/, portOf("sqlserver")],
  [/^db2-/, 50000],
  [/^(redis|valkey)$/, portOf("redis")],
  [/^memcached$/, portOf("memcached")],
  [/^docdb$/, portOf("documentdb")],
  [/^neptune$/, portOf("neptune")],
];

const deployed = (id: string): Listens => ({ why: `The port of ${id} is known only when the template is deployed.` });

function byEngine(id: string, engine: unknown): Listens {
  if (engine === "aurora-postgresql") {
    const why = `AWS's pages do not agree on the port of ${id} where none is given: 3306 by CloudFormation, 5432 by Amazon RDS. Give it a Port.`;
    return { why };
  }
  if (typeof engine !== "string") return deployed(id);
  const found = engines.find(([name]) => name.test(engine.toLowerCase()));
  return found
    ? { port: found[1] }
    : { why: `The engine ${engine} of ${id} has no port that is known here. Give it a Port.` };
}

function written(resource: Resource, property: string, engine: unknown): Listens {
  const value = resource.properties[property];
  if (value === undefined) return byEngine(resource.id, engine);
  const port = numberOf(value);
  return port === undefined ? deployed(resource.id) : { port };
}

type PortOf = (lookup: Lookup, resource: Resource) => Listens;

const clustered: PortOf = (lookup, resource) => {
  const { DBClusterIdentifier, Engine, Port } = resource.properties;
  // The instances of a cluster answer on its port.
  const cluster = DBClusterIdentifier === undefined ? undefined : lookup.resource(keyOf(DBClusterIdentifier));
  if (cluster)
    return written(cluster, cluster.type === "AWS::Neptune::DBCluster" ? "DBPort" : "Port", engineOf(cluster));
  if (DBClusterIdentifier !== undefined && Port === undefined) return deployed(resource.id);
  return written(resource, "Port", Engine ?? engineOf(resource));
};

/** Types of one engine do not say it. */
const engineOf = ({ type, properties }: Resource): unknown =>
  type.startsWith("AWS::DocDB::") ? "docdb" : type.startsWith("AWS::Neptune::") ? "neptune" : properties.Engine;

const fixed =
  (port: number): PortOf =>
  () => ({ port });

/** On which port the resources of a type answer; types that are not here answer where somebody says so. */
export const listens: Readonly<Record<string, PortOf>> = {
  "AWS::RDS::DBInstance": clustered,
  "AWS::RDS::DBCluster": (_, resource) => written(resource, "Port", resource.properties.Engine),
  "AWS::RDS::DBProxy": (_, { id, properties }) =>
    isOpen(properties.EngineFamily) ? deployed(id) : byEngine(id, String(properties.EngineFamily ?? "")),
  "AWS::DocDB::DBCluster": (_, resource) => written(resource, "Port", "docdb"),
  "AWS::DocDB::DBInstance": clustered,
  "AWS::Neptune::DBCluster": (_, resource) => written(resource, "DBPort", "neptune"),
  "AWS::Neptune::DBInstance": clustered,
  "AWS::ElastiCache::CacheCluster": (_, resource) => written(resource, "Port", resource.properties.Engine),
  // Without an engine a replication group is Redis OSS. https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html
  "AWS::ElastiCache::ReplicationGroup": (_, resource) =>
    written(resource, "Port", resource.properties.Engine ?? "redis"),
  "AWS::ElastiCache::ServerlessCache": (_, { id, properties }) =>
    at(properties, "Endpoint", "Port") === undefined ? byEngine(id, properties.Engine) : deployed(id),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-memorydb-cluster.html
  "AWS::MemoryDB::Cluster": (_, resource) => written(resource, "Port", "redis"),
  "AWS::Redshift::Cluster": (_, { id, properties: { Port } }) =>
    Port === undefined
      ? { port: portOf("redshift") }
      : numberOf(Port) === undefined
        ? deployed(id)
        : { port: Number(Port) },
  "AWS::EFS::FileSystem": fixed(portOf("efs")),
  "AWS::EFS::MountTarget": fixed(portOf("efs")),
  "AWS::EFS::AccessPoint": fixed(portOf("efs")),
  // Built on Amazon EFS. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-files.html
  "AWS::S3Files::FileSystem": fixed(portOf("s3-files")),
  "AWS::S3Files::MountTarget": fixed(portOf("s3-files")),
  "AWS::S3Files::AccessPoint": fixed(portOf("s3-files")),
  "AWS::EC2::VPCEndpoint": fixed(portOf("vpc-endpoint")),
  "AWS::OpenSearchService::Domain": fixed(portOf("opensearch")),
  "AWS::Elasticsearch::Domain": fixed(portOf("opensearch")),
};
