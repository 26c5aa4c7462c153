import type { Value } from "../../stack/value";
import { priced } from "./cell";

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
    if (Number.isFinite(mibps)) {
      ledger.add("efs.provisioned.mibps_month", {
        item: "EFS provisioned throughput",
        quantity: mibps,
        note: `${mibps} MiB/s, before the 0.05 MiB/s that each stored GB includes`,
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
