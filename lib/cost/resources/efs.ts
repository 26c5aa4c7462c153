import type { Value } from "../../stack/value";
import { priced } from "./cell";

/** Throughput that comes with each GB in Standard storage, in MiB/s. https://aws.amazon.com/efs/pricing/ */
const INCLUDED_MIBPS = 0.05;

const NOTHING_STORED = `Each stored GB includes ${INCLUDED_MIBPS} MiB/s; what is stored is not given, so none is taken off.`;

const transitions = (value: Value | undefined): boolean => Array.isArray(value) && value.length > 0;

/** EFS: storage by class, throughput by mode. https://aws.amazon.com/efs/pricing/ */
export const elasticFileSystem = priced<"AWS::EFS::FileSystem">(({ properties }, ledger) => {
  const oneZone = properties.AvailabilityZoneName !== undefined;
  ledger.use(oneZone ? "efs.onezone.gb_month" : "efs.standard.gb_month", "storedGb", "EFS Standard storage");
  if (transitions(properties.LifecyclePolicies)) {
    ledger.miss("EFS Infrequent Access storage", "GB", 0, "Depends on use: files move there when they are not read.");
  }
  if (properties.ThroughputMode === "elastic") {
    ledger.use("efs.elastic.read_gb", "readGb", "EFS elastic throughput, read");
    ledger.use("efs.elastic.write_gb", "writtenGb", "EFS elastic throughput, written");
  }
  if (properties.ThroughputMode === "provisioned") {
    const mibps = Number(properties.ProvisionedThroughputInMibps);
    const stored = ledger.usage("storedGb");
    const included = INCLUDED_MIBPS * (stored?.value ?? 0);
    if (Number.isFinite(mibps)) {
      ledger.add("efs.provisioned.mibps_month", {
        item: "EFS provisioned throughput",
        quantity: Math.max(0, mibps - included),
        note: `${mibps} MiB/s − ${included} MiB/s included`,
        ...(stored ? stored.assumption : { assumption: NOTHING_STORED }),
      });
    }
  }
  const backup = properties.BackupPolicy as { Status?: Value } | undefined;
  if (backup?.Status === "ENABLED")
    ledger.miss(
      "AWS Backup storage",
      "GB",
      0,
      "Depends on use; AWS Backup's prices are not in the bundled price list.",
    );
});
