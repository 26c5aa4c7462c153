import type { Charge } from "../charge";
import type { Sku } from "../prices";
import { figure } from "../words";

const of = (sku: Sku, item: string, quantity: number, unit: string): Charge => ({
  tariff: { sku },
  item,
  quantity,
  note: `${figure(quantity)} ${unit}`,
});

/** Throughput that comes with each GB in Standard storage, in MiB/s. https://aws.amazon.com/efs/pricing/ */
export const EFS_INCLUDED_MIBPS = 0.05;

export interface EfsUse {
  oneZone?: boolean;
  throughput?: "bursting" | "elastic" | "provisioned";
  standardGb: number;
  infrequentGb?: number;
  archiveGb?: number;
  /** Read from and moved into the Infrequent Access class. */
  infrequentReadGb?: number;
  infrequentWrittenGb?: number;
  /** All that is read and written, for elastic throughput. */
  readGb?: number;
  writtenGb?: number;
  provisionedMibps?: number;
}

/** EFS by class and throughput mode. Unknown where the price list has no One Zone class. https://aws.amazon.com/efs/pricing/ */
export function efs(use: EfsUse): Charge[] {
  const elastic = use.throughput === "elastic";
  const charges = [
    of(use.oneZone ? "efs.onezone.gb_month" : "efs.standard.gb_month", "EFS Standard storage", use.standardGb, "GB"),
    of(
      use.oneZone ? "efs.onezone_ia.gb_month" : elastic ? "efs.ia_elastic.gb_month" : "efs.ia.gb_month",
      "EFS Infrequent Access storage",
      use.infrequentGb ?? 0,
      "GB",
    ),
    of("efs.archive.gb_month", "EFS Archive storage", use.archiveGb ?? 0, "GB"),
    of("efs.ia.read_gb", "EFS Infrequent Access, read", use.infrequentReadGb ?? 0, "GB"),
    of("efs.ia.write_gb", "EFS Infrequent Access, moved in", use.infrequentWrittenGb ?? 0, "GB"),
  ];
  if (elastic) {
    charges.push(
      of("efs.elastic.read_gb", "EFS elastic throughput, read", use.readGb ?? 0, "GB"),
      of("efs.elastic.write_gb", "EFS elastic throughput, written", use.writtenGb ?? 0, "GB"),
    );
  }
  if (use.throughput === "provisioned") {
    const included = EFS_INCLUDED_MIBPS * use.standardGb;
    const mibps = use.provisionedMibps ?? 0;
    charges.push({
      ...of("efs.provisioned.mibps_month", "EFS provisioned throughput", Math.max(0, mibps - included), "MiB/s"),
      note: `${mibps} MiB/s − ${included} MiB/s included`,
    });
  }
  return charges;
}

/** What a gp3 volume includes. https://aws.amazon.com/ebs/pricing/ */
const GP3_INCLUDED = { iops: 3000, mibps: 125 };

/** gp3 volumes: storage, and IOPS and throughput beyond what each includes. https://aws.amazon.com/ebs/pricing/ */
export function gp3Volumes(volumes: number, gb: number, iops = 0, mibps = 0): Charge[] {
  return [
    { ...of("ebs.gp3.gb_month", "EBS gp3 storage", volumes * gb, "GB"), note: `${volumes} × ${gb} GB` },
    of("ebs.gp3.iops_month", "EBS gp3 IOPS", volumes * Math.max(0, iops - GP3_INCLUDED.iops), "IOPS above 3,000"),
    of(
      "ebs.gp3.mibps_month",
      "EBS gp3 throughput",
      volumes * Math.max(0, mibps - GP3_INCLUDED.mibps),
      "MiB/s above 125",
    ),
  ];
}

/** https://aws.amazon.com/ebs/pricing/ */
export const gp2Volumes = (volumes: number, gb: number): Charge => ({
  ...of("ebs.gp2.gb_month", "EBS gp2 storage", volumes * gb, "GB"),
  note: `${volumes} × ${gb} GB`,
});

/** FSx for Windows File Server, Multi-AZ. Other FSx file systems have no figure in the price list. https://aws.amazon.com/fsx/windows/pricing/ */
export const fsxWindows = (use: { ssdGb?: number; hddGb?: number; mbps: number; backupGb?: number }): Charge[] => [
  of("fsx.windows.multi_az.ssd_gb_month", "FSx for Windows SSD storage", use.ssdGb ?? 0, "GB"),
  of("fsx.windows.multi_az.hdd_gb_month", "FSx for Windows HDD storage", use.hddGb ?? 0, "GB"),
  of("fsx.windows.multi_az.mbps_month", "FSx for Windows throughput", use.mbps, "MB/s"),
  of("fsx.windows.multi_az.backup_gb_month", "FSx for Windows backups", use.backupGb ?? 0, "GB"),
];

/** FSx for Lustre, NetApp ONTAP or OpenZFS, or Windows in one zone: no price is known. https://aws.amazon.com/fsx/ */
export const fsxOther = (gb: number): Charge => of("fsx.other", "FSx storage", gb, "GB");

/** https://aws.amazon.com/s3/pricing/ */
export const s3Storage = (gb: number): Charge => of("s3.standard.gb_month", "S3 Standard storage", gb, "GB");
export const s3Writes = (puts: number): Charge => of("s3.put_request", "S3 write requests", puts, "requests");
export const s3Reads = (gets: number): Charge => of("s3.get_request", "S3 read requests", gets, "requests");

/** ECR private repositories; pulls inside the Region are free. https://aws.amazon.com/ecr/pricing/ */
export const ecrStorage = (gb: number): Charge => of("ecr.storage.gb_month", "ECR image storage", gb, "GB");

/** Images that Amazon Inspector scans when they are pushed, and again. https://aws.amazon.com/inspector/pricing/ */
export const ecrScans = (initial: number, again: number): Charge[] => [
  of("ecr.scan.enhanced_initial", "Enhanced image scans", initial, "images"),
  of("ecr.scan.enhanced_rescan", "Enhanced image rescans", again, "images"),
];
