import { beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../../document/document";
import { buildModel } from "../../model/build";
import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import { sampleDesign } from "../../testing/sample-design";
import { compare } from "../compare";
import { loadPrices, type PriceBook } from "../prices";
import { costOfDesign, type SavingId, type SavingsOptions, savingsOf } from ".";
import { smallerSize } from "./changes";
import { fargateAgainstEc2 } from "./launch";

let virginia: PriceBook;
let ireland: PriceBook;
beforeAll(async () => {
  const [first, second] = await Promise.all([loadPrices("us-east-1"), loadPrices("eu-west-1")]);
  if (first.ok) virginia = first.value;
  if (second.ok) ireland = second.value;
});

const optionsOf = (more: Partial<SavingsOptions> = {}): SavingsOptions => ({
  scenario: "typical",
  environment: null,
  prices: virginia,
  ...more,
});
const saving = (document: Document, id: SavingId, more: Partial<SavingsOptions> = {}) => {
  const found = savingsOf(document, optionsOf(more)).find((one) => one.id === id);
  if (!found) throw new Error(`${id} is not among the savings`);
  return found;
};

/** Four tasks of one vCPU and 2 GB, three zones with a NAT gateway each, image in ECR, logs. */
const shop = (build: (draft: Draft) => void = () => undefined): Document =>
  draw((draft) => {
    fargateWeb(draft, {
      vpc: { natGateways: "perZone", availabilityZones: 3 },
      service: { desiredCount: 4 },
      task: { cpu: 1024, memory: 2048 },
    });
    build(draft);
  });

// 730 h × 4 tasks at AWS's rates of us-east-1.
const HOURS = 730 * 4;
const ON_DEMAND = HOURS * (0.04048 + 2 * 0.004445);

// One request a second with 1 KB of log; 8 deployments of 4 tasks with an image of 250 MB; 1 GB to the internet, 1 GB back.
const LOGS = (730 * 3600) / 1024 / 1024;
const FLOWING = LOGS + (8 * 4 * 250) / 1024 + 2;

describe("savings", () => {
  it("Spot: the discount that the person names, on vCPU and memory", () => {
    expect(saving(shop(), "spot", { spotDiscount: 70 }).saves).toBeCloseTo(ON_DEMAND * 0.7, 6);
    expect(saving(shop(), "spot")).toMatchObject({ saves: null, why: expect.stringContaining("Say the discount") });
    expect(saving(shop(), "spot", { spotDiscount: 170 }).saves).toBeNull();
  });

  it("ARM64: the difference of the rates", () => {
    const arm = HOURS * (0.03238 + 2 * 0.00356);
    expect(saving(shop(), "arm").saves).toBeCloseTo(ON_DEMAND - arm, 6);
    const windows = draw((draft) => {
      fargateWeb(draft, { task: { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } } });
    });
    expect(saving(windows, "arm")).toMatchObject({ saves: null, why: expect.stringMatching(/\.$/) });
  });

  it("a Savings Plan: the person's discount on Fargate and EC2 hours alone", () => {
    expect(saving(shop(), "savingsPlan", { savingsPlanDiscount: 20 }).saves).toBeCloseTo(ON_DEMAND * 0.2, 6);
    const ec2 = draw((draft) => void ec2Web(draft, { capacity: { minSize: 2, maxSize: 2, instanceType: "m5.large" } }));
    expect(saving(ec2, "savingsPlan", { savingsPlanDiscount: 50 }).saves).toBeCloseTo(2 * 730 * 0.096 * 0.5, 6);
  });

  it("one NAT gateway: hours and addresses of the two others, less what then crosses zones", () => {
    // Two thirds of all that flows, 0.01 on each side.
    const crossing = FLOWING * (2 / 3) * 0.02;
    expect(saving(shop(), "oneNat").saves).toBeCloseTo(2 * 730 * (0.045 + 0.005) - crossing, 6);
    expect(
      saving(
        draw((draft) => void fargateWeb(draft)),
        "oneNat",
      ).saves,
    ).toBeNull();
  });

  it("says what has no price on one side, and takes none of it for nothing", async () => {
    const paris = await loadPrices("eu-west-3");
    const prices = paris.ok ? paris.value : null;
    // What gateways process has no figure for Paris.
    expect(prices?.price("nat.gb")).toBeUndefined();
    const { saves, why } = saving({ ...shop(), settings: { region: "eu-west-3", production: false } }, "endpoints", {
      prices,
    });
    expect(why).toMatch(/More is saved than the figure says, for want of a price: Data processed by NAT gateways\.$/);
    expect(saves).not.toBeNull();
    expect(saving(shop(), "endpoints").why).not.toContain("for want of a price");
  });

  // https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html: endpoints serve their own Region.
  it("keeps the NAT gateway for an image of another Region", () => {
    const of = (region: string) =>
      shop((draft) => {
        const cluster = Object.entries(draft.document.nodes).find(([, { kind }]) => kind === "cluster")?.[0] ?? "";
        const service = draft.add("service", { launchType: "FARGATE", desiredCount: 1 }, { parent: cluster });
        const image = `123456789012.dkr.ecr.${region}.amazonaws.com/app:1`;
        const task = draft.add(
          "taskDefinition",
          {
            cpu: 256,
            memory: 512,
            networkMode: "awsvpc",
            requiresCompatibilities: ["FARGATE"],
            containerDefinitions: { c1: { name: "app", image } },
          },
          { parent: cluster },
        );
        draft.connect(service, "run", task);
      });
    expect(saving(of("eu-west-1"), "endpoints")).toMatchObject({
      saves: null,
      why: expect.stringContaining("needs its NAT gateway for an image in another Region."),
    });
    expect(saving(of("us-east-1"), "endpoints").saves).not.toBeNull();
  });

  it("is not known where what comes instead has no price", () => {
    const prices: PriceBook = {
      ...virginia,
      price: (sku) => (sku.startsWith("fargate.linux.arm") ? undefined : virginia.price(sku)),
    };
    const { saves, why } = saving(shop(), "arm", { prices });
    expect(saves).toBeNull();
    expect(why).toContain("What it saves is not known, for want of a price: Fargate vCPU hours (Linux, ARM64)");
  });

  it("endpoints: what the gateways cost less what ECR's and CloudWatch Logs' endpoints do", () => {
    // Three gateways with addresses, all that flows through them and 1 GB out; against three interface endpoints in
    // three zones, of which that of the logs carries them. The layers of images then come through S3's, which is free.
    const nat = 3 * 730 * (0.045 + 0.005) + FLOWING * 0.045 + 1 * 0.09;
    const endpoints = 3 * 3 * 730 * 0.01 + LOGS * 0.01;
    expect(saving(shop(), "endpoints").saves).toBeCloseTo(nat - endpoints, 6);
    const away = shop((draft) => {
      const hub = draft.add("dockerHub", {});
      const task = Object.entries(draft.document.nodes).find(([, node]) => node.kind === "taskDefinition")?.[0];
      draft.connect(`${task}/c1`, "pull", hub);
    });
    expect(saving(away, "endpoints")).toMatchObject({ saves: null, why: expect.stringContaining("outside AWS") });
  });

  it("a smaller task: the next size that Fargate has", () => {
    // 1 vCPU and 2 GB become half of each.
    expect(saving(shop(), "smallerTasks").saves).toBeCloseTo(ON_DEMAND / 2, 6);
    expect(smallerSize(1024, 8192, "linux")).toEqual({ cpu: 512, memory: 4096 });
    expect(smallerSize(256, 512, "linux")).toBeUndefined();
    expect(smallerSize(1024, 2048, "windows")).toBeUndefined();
  });

  it("never change the design, and have a figure or a sentence for anything drawn", () => {
    for (const seed of [1, 2, 3, 4]) {
      const design = sampleDesign(seed, 60);
      const text = JSON.stringify(design);
      for (const one of savingsOf(design, optionsOf({ spotDiscount: 50, savingsPlanDiscount: 10 }))) {
        expect(one.why).toMatch(/\.$/);
        if (one.saves !== null) expect(Number.isFinite(one.saves)).toBe(true);
        if (one.saves !== null && one.id !== "endpoints") expect(one.saves).toBeGreaterThanOrEqual(-1e-9);
      }
      expect(JSON.stringify(design)).toBe(text);
    }
  });
});

describe("comparisons", () => {
  it("two Regions of one design", () => {
    const there = { ...shop(), settings: { region: "eu-west-1", production: false } };
    const here = costOfDesign(shop(), optionsOf()).cost;
    const found = compare(here, costOfDesign(there, optionsOf({ prices: ireland })).cost);
    const alb = found.lines.find(({ item }) => item === "Application Load Balancer hours");
    // 0.0225 and 0.0252 an hour.
    expect(alb?.difference).toBeCloseTo(730 * (0.0252 - 0.0225), 8);
    expect([found.before.region, found.after.region]).toEqual(["us-east-1", "eu-west-1"]);
    expect(found.lines.reduce((sum, line) => sum + line.difference, 0)).toBeCloseTo(found.difference, 8);
  });

  it("what one Region has no price for is in no difference, and said with what it comes to in the other", async () => {
    const paris = await loadPrices("eu-west-3");
    const there = { ...shop(), settings: { region: "eu-west-3", production: false } };
    const before = costOfDesign(shop(), optionsOf()).cost;
    const after = costOfDesign(there, optionsOf({ prices: paris.ok ? paris.value : null })).cost;
    const found = compare(before, after);
    const isNat = ({ item }: { item: string }): boolean => item === "Data processed by NAT gateways";
    // The bundled prices of eu-west-3 have no figure for it.
    expect(found.lines.filter(isNat)).toEqual([]);
    const missing = found.onlyUnknown.filter(isNat);
    expect(missing.map(({ side }) => side)).toEqual(["after", "after", "after"]);
    expect(missing.reduce((sum, { known }) => sum + known, 0)).toBeCloseTo(FLOWING * 0.045, 8);
    expect(found.difference).toBeCloseTo(after.total - before.total + FLOWING * 0.045, 8);
  });

  it("Fargate against EC2 for the same services", () => {
    const found = fargateAgainstEc2(buildModel(shop()), "m5.large", virginia);
    expect(found.fargate).toBeCloseTo(ON_DEMAND, 6);
    // Two vCPU, 8 GiB and two free interfaces: two tasks each.
    expect(found.packing).toMatchObject({ instances: 2, waste: { cpu: 0, memory: 0.5 } });
    expect(found.ec2).toBeCloseTo(2 * (730 * 0.096 + 30 * 0.08), 6);
    const arm = fargateAgainstEc2(buildModel(shop()), "m7g.large", virginia);
    expect([arm.fargate, arm.ec2]).toEqual([null, null]);
    expect(arm.notes.join(" ")).toContain("X86_64 does not run on m7g.large");
    const odd = fargateAgainstEc2(buildModel(shop()), "x9.huge", virginia);
    expect(odd).toMatchObject({ ec2: null, packing: null });
  });
});
