import type { Value } from "../../stack/value";
import { efs } from "../formulas/storage";
import { assumption, combine, isKnown } from "../usage";
import { priced } from "./cell";

const transitions = (value: Value | undefined): boolean => Array.isArray(value) && value.length > 0;

/** EFS: storage by class, throughput by mode. https://aws.amazon.com/efs/pricing/ */
export const elasticFileSystem = priced<"AWS::EFS::FileSystem">(({ properties }, ledger) => {
  const oneZone = properties.AvailabilityZoneName !== undefined;
  const mode = properties.ThroughputMode;
  const throughput = mode === "elastic" || mode === "provisioned" ? mode : "bursting";
  const stored = ledger.figure("storedGb");
  const nothing = { value: 0, assumed: [] };
  const infrequent = transitions(properties.LifecyclePolicies);
  const part = infrequent ? ledger.figure("infrequentPercent") : nothing;
  const away = infrequent ? ledger.figure("infrequentGb") : nothing;
  const read = throughput === "elastic" ? ledger.figure("readGb") : nothing;
  const written = throughput === "elastic" || infrequent ? ledger.figure("writtenGb") : nothing;
  const standardGb = combine([stored, part], (gb, percent) => gb * (1 - percent / 100));
  // What is stored stays as much, so as much turns cold as is written.
  const moved = combine([written, part], (gb, percent) => (gb * percent) / 100);
  const use = [standardGb, combine([stored, part], (gb, percent) => (gb * percent) / 100), away, read, written, moved];
  const [standard, cold, coldRead, allRead, allWritten, cooled] = use;
  const missing = use.find((figure) => !isKnown(figure));
  if (missing && !isKnown(missing)) ledger.miss("EFS storage and throughput", "GB", 0, missing.why, ["EFS "]);
  else if (standard && cold && coldRead && allRead && allWritten && cooled) {
    const value = (figure: typeof standard): number => (isKnown(figure) ? figure.value : 0);
    const charges = efs({
      oneZone,
      throughput,
      standardGb: value(standard),
      infrequentGb: value(cold),
      infrequentReadGb: value(coldRead),
      infrequentWrittenGb: value(cooled),
      readGb: value(allRead),
      writtenGb: value(allWritten),
      provisionedMibps: Number(properties.ProvisionedThroughputInMibps) || 0,
    });
    const words = assumption(use.flatMap((figure) => (isKnown(figure) ? figure.assumed : [])));
    ledger.addAll(charges.map((charge) => ({ ...charge, ...words })));
  }
  const backup = properties.BackupPolicy as { Status?: Value } | undefined;
  if (backup?.Status === "ENABLED") {
    const why = "Depends on use; AWS Backup's prices are not in the bundled price list.";
    ledger.miss("AWS Backup storage", "GB", 0, why);
  }
});
