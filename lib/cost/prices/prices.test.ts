import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { beforeAll, describe, expect, it } from "vitest";
import { instanceTypeNames } from "../../aws/instance-types";
import { regionCodes } from "../../aws/regions";
import { capacityUnits, hoursPerMonth, loadPrices, type Price, type PriceBook, type Sku, sourceAddress } from ".";
import { globalSkus, regionalSkus } from "./skus";

async function load(region: string): Promise<PriceBook> {
  const prices = await loadPrices(region);
  if (!prices.ok) throw new Error(prices.problems.map((problem) => problem.message).join(" "));
  return prices.value;
}

const flat = (price: Price | undefined): number | undefined =>
  price?.tiers.length === 1 ? price.tiers[0]?.price : undefined;
const skus: readonly Sku[] = [...(Object.keys(regionalSkus) as Sku[]), ...globalSkus];

describe("prices copied by hand from the snapshot", () => {
  let virginia: PriceBook;
  let ireland: PriceBook;
  beforeAll(async () => {
    [virginia, ireland] = await Promise.all([load("us-east-1"), load("eu-west-1")]);
  });

  it.each([
    ["fargate.linux.x86.vcpu_hour", 0.04048, 0.04048],
    ["fargate.linux.x86.gb_hour", 0.004445, 0.004445],
    ["fargate.linux.arm.vcpu_hour", 0.03238, 0.03238],
    ["fargate.linux.arm.gb_hour", 0.00356, 0.00356],
    ["fargate.windows.os_vcpu_hour", 0.046, 0.046],
    ["fargate.ephemeral_gb_hour", 0.000111, 0.000122],
    ["alb.hour", 0.0225, 0.0252],
    ["alb.lcu_hour", 0.008, 0.008],
    ["nlb.nlcu_hour", 0.006, 0.006],
    ["clb.hour", 0.025, 0.028],
    ["efs.standard.gb_month", 0.3, 0.33],
    ["ecr.storage.gb_month", 0.1, 0.1],
    ["logs.ingest.gb", 0.5, 0.57],
    ["nat.hour", 0.045, 0.048],
    ["nat.gb", 0.045, 0.048],
    ["vpc.endpoint.interface_hour", 0.01, 0.011],
    ["vpc.public_ipv4.in_use_hour", 0.005, 0.005],
    ["ebs.gp3.gb_month", 0.08, 0.088],
    ["secrets.secret_month", 0.4, 0.4],
    ["sns.delivery.sqs", 0, 0],
  ] as const)("%s is %d in us-east-1 and %d in eu-west-1", (sku, first, second) => {
    expect(flat(virginia.price(sku))).toBe(first);
    expect(flat(ireland.price(sku))).toBe(second);
  });

  it.each([
    ["t3.medium", 0.0416, 0.0456],
    ["m5.large", 0.096, 0.107],
    ["c7g.xlarge", 0.145, 0.155],
  ])("%s is %d an hour in us-east-1 and %d in eu-west-1", (type, first, second) => {
    expect(flat(virginia.ec2Hourly(type))).toBe(first);
    expect(flat(ireland.ec2Hourly(type))).toBe(second);
    expect(virginia.ec2Hourly(type)?.unit).toBe("instance-hour");
  });

  it("keeps tiers graduated and open at the end", () => {
    expect(virginia.price("sqs.standard.request")?.tiers).toEqual([
      { from: 0, to: 100_000_000_000, price: 0.0000004 },
      { from: 100_000_000_000, to: 200_000_000_000, price: 0.0000003 },
      { from: 200_000_000_000, to: null, price: 0.00000024 },
    ]);
    expect(ireland.price("events.scheduler.invocation")?.tiers).toEqual([
      { from: 0, to: 14_000_000, price: 0 },
      { from: 14_000_000, to: null, price: 0.000001 },
    ]);
  });

  it("meets totals that AWS's calculator printed", () => {
    const ireland730 = (sku: Sku): number => (flat(ireland.price(sku)) ?? Number.NaN) * hoursPerMonth;
    // An ALB with 35 capacity units, an NLB with 30, twenty public addresses.
    expect(ireland730("alb.hour") + 35 * ireland730("alb.lcu_hour")).toBeCloseTo(222.8, 2);
    expect(ireland730("nlb.hour") + 30 * ireland730("nlb.nlcu_hour")).toBeCloseTo(149.8, 2);
    expect(20 * ireland730("vpc.public_ipv4.in_use_hour")).toBeCloseTo(73, 2);
  });

  it("says where a figure comes from and of which date", () => {
    const price = virginia.price("alb.hour");
    expect(price?.sourceIds).toEqual(["feed-2025-06", "infracost-tests", "list-2026-09"]);
    expect(price?.source).toContain("(2025-06-05)");
    expect(price?.source).toContain("(2026-09-21)");
    // The feed's file of the VPC service is of another day.
    expect(virginia.price("vpc.public_ipv4.in_use_hour")?.source).toContain("(2025-06-13)");
    expect(sourceAddress("karpenter-2026-07")).toContain("https://github.com/aws/karpenter-provider-aws");
    expect(virginia.source([])).toBe("Source not recorded");
    expect(virginia.source(["__proto__", "nobody"])).toBe("Source not recorded");
  });

  it("leaves unknown prices unknown and says why", () => {
    expect(virginia.price("fsx.windows.multi_az.ssd_gb_month")).toMatchObject({
      tiers: [{ from: 0, to: null, price: 0.23 }],
    });
    expect(ireland.price("fsx.windows.multi_az.ssd_gb_month")).toBeUndefined();
    expect(ireland.price("ecr.public")).toBeUndefined();
    expect(ireland.whyUnknown("ecr.public")).toContain("Europe (Ireland)");
    expect(ireland.ec2Hourly("p5.48xlarge")).toBeUndefined();
    expect(ireland.ec2Hourly("__proto__")).toBeUndefined();
  });

  it("prices what has no Region the same everywhere", () => {
    expect(flat(virginia.price("cw.dashboard_month"))).toBe(3);
    expect(flat(ireland.price("cw.dashboard_month"))).toBe(3);
    expect(flat(ireland.price("ecs.cluster"))).toBe(0);
    expect(ireland.price("ecs.managed_instances.fee_ratio")?.doubtful).toBe(true);
  });

  it("carries what a capacity unit is", () => {
    expect(capacityUnits.alb).toMatchObject({ newConnectionsPerSecond: 25, activeConnectionsPerMinute: 3000 });
    expect(capacityUnits.nlb.udp.newFlowsPerSecond).toBe(400);
  });
});

describe("every Region", () => {
  it("is written, and no other", () => {
    const files = readdirSync("lib/cost/prices/data").filter((file) => /-\d\.json$/.test(file));
    expect(files.map((file) => file.replace(".json", "")).sort()).toEqual([...regionCodes].sort());
    expect(regionCodes).toHaveLength(28);
  });

  it.each(regionCodes)("%s has sound prices", async (region) => {
    const book = await load(region);
    expect(book).toMatchObject({ region, currency: "USD", compiled: "2026-11-21" });
    for (const sku of skus) {
      const price = book.price(sku);
      if (!price) {
        expect(book.whyUnknown(sku)).toMatch(/^The bundled prices .*\.$/);
        continue;
      }
      expect(price.unit, sku).not.toBe("");
      expect(price.tiers[0]?.from, sku).toBe(0);
      expect(price.tiers.at(-1)?.to, sku).toBeNull();
      for (const [index, tier] of price.tiers.entries()) {
        expect(tier.price, sku).toBeGreaterThanOrEqual(0);
        if (index > 0) expect(tier.from, sku).toBe(price.tiers[index - 1]?.to);
      }
      expect(price.source, sku).not.toBe("Source not recorded");
    }
    // The groups that every design needs are known in all Regions.
    for (const sku of ["fargate.linux.x86.vcpu_hour", "alb.hour", "nat.hour", "logs.ingest.gb"] as const) {
      expect(flat(book.price(sku)), sku).toBeGreaterThan(0);
    }
    const known = instanceTypeNames.filter((type) => book.ec2Hourly(type) !== undefined);
    expect(known.length).toBeGreaterThanOrEqual(73);
    for (const type of known) expect(flat(book.ec2Hourly(type)), type).toBeGreaterThan(0);
  });

  it("is loaded once", async () => {
    expect(await load("eu-north-1")).toBe(await load("eu-north-1"));
  });

  it.each(["mx-central-1", "", "__proto__", "constructor", "x".repeat(5000)])(
    "refuses a Region without prices in a sentence",
    async (region) => {
      const prices = await loadPrices(region);
      expect(prices.ok).toBe(false);
      if (prices.ok) return;
      expect(prices.problems[0]).toMatchObject({ path: "/settings/region" });
      expect(prices.problems[0]?.message).toMatch(/^There are no bundled prices for the Region /);
      expect(prices.problems[0]?.message.length).toBeLessThan(200);
    },
  );
});

describe("bundles", () => {
  const options = {
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    minify: true,
    logLevel: "error",
  } as const;

  it("load one Region on demand in the browser, at most 40 kB compressed", async () => {
    const { outputFiles, metafile } = await build({
      ...options,
      entryPoints: ["lib/cost/prices/index.ts"],
      splitting: true,
      outdir: "out",
      metafile: true,
    });
    const chunkOf = new Map(regionCodes.map((region) => [`lib/cost/prices/data/${region}.json`, region]));
    let shared = 0;
    const sizes: number[] = [];
    for (const [path, output] of Object.entries(metafile.outputs)) {
      const regions = Object.keys(output.inputs).filter((input) => chunkOf.has(input));
      expect(regions.length, path).toBeLessThanOrEqual(1);
      const file = outputFiles.find((candidate) => candidate.path === join(process.cwd(), path));
      expect(file, path).toBeDefined();
      const size = gzipSync(file?.contents ?? "").length;
      if (regions.length === 0) shared += size;
      else sizes.push(size);
    }
    expect(sizes).toHaveLength(28);
    expect(shared + Math.max(...sizes)).toBeLessThan(40_000);
  });

  it("work as one file in plain Node, as the command line is built", async () => {
    const contents = `
      import { loadPrices } from "./lib/cost/prices";
      const prices = await loadPrices("eu-west-1");
      console.log(JSON.stringify(prices.value.price("alb.hour").tiers));`;
    const { outputFiles } = await build({
      ...options,
      stdin: { contents, resolveDir: process.cwd() },
      platform: "node",
    });
    const input = outputFiles[0]?.text ?? "";
    const printed = execFileSync(process.execPath, ["--input-type=module"], { input, encoding: "utf8" });
    expect(JSON.parse(printed)).toEqual([{ from: 0, to: null, price: 0.0252 }]);
  });

  it("are made of data that a reader can check line by line", () => {
    const text = readFileSync("lib/cost/prices/data/eu-west-1.json", "utf8");
    expect(text).toContain('\n"alb.hour": {"unit":"LB-hour","price":0.0252,"source":');
  });
});
