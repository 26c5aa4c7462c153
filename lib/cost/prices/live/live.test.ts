import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { bundledPrices, loadPrices, type PriceBook, type Sku } from "..";
import { livePrices } from ".";
import { awsProducts } from "./client";
import { readProduct } from "./product";
import { regionText, sourceOf } from "./written";

/** What GetProducts asks: the body of its request, as AWS documents it. */
interface Asked {
  ServiceCode: string;
  Filters: { Type: string; Field: string; Value: string }[];
  MaxResults: number;
  NextToken?: string;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that speaks AWS's JSON protocol, for the SDK's own endpoint setting. */
async function priceList(answer: (asked: Asked, response: ServerResponse, number: number) => void) {
  const calls: Asked[] = [];
  const targets = new Set<string | undefined>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      const asked = JSON.parse(body) as Asked;
      calls.push(asked);
      targets.add(request.headers["x-amz-target"]?.toString());
      response.setHeader("Content-Type", "application/x-amz-json-1.1");
      answer(asked, response, calls.length);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(
    () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  );
  const get = awsProducts({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" },
    maxAttempts: 3,
  });
  return { get, calls, targets };
}

interface Part {
  begin: string;
  end: string;
  usd: string;
}

/** One entry of PriceList in the shape that AWS documents, with invented identifiers. */
const product = (usagetype: string, unit: string, ...parts: Part[]): string =>
  JSON.stringify({
    product: {
      productFamily: "Compute",
      sku: "EXAMPLESKU000001",
      attributes: { servicecode: "AmazonECS", regionCode: "eu-central-1", location: "EU (Frankfurt)", usagetype },
    },
    serviceCode: "AmazonECS",
    terms: {
      OnDemand: {
        "EXAMPLESKU000001.JRTCKXETXF": {
          offerTermCode: "JRTCKXETXF",
          effectiveDate: "2026-11-01T00:00:00Z",
          termAttributes: {},
          priceDimensions: Object.fromEntries(
            parts.map(({ begin, end, usd }, at) => [
              `EXAMPLESKU000001.JRTCKXETXF.6YS6EN2CT${at}`,
              {
                unit,
                beginRange: begin,
                endRange: end,
                description: "example",
                appliesTo: [],
                pricePerUnit: { USD: usd },
              },
            ]),
          ),
        },
      },
    },
    version: "20261120000000",
    publicationDate: "2026-11-20T12:00:00Z",
  });
const flat = (usagetype: string, unit: string, usd: string): string =>
  product(usagetype, unit, { begin: "0", end: "Inf", usd });

const send = (response: ServerResponse, status: number, body: unknown): void => {
  response.statusCode = status;
  response.end(typeof body === "string" ? body : JSON.stringify(body));
};
const nothing = (response: ServerResponse): void => send(response, 200, { FormatVersion: "aws_v1", PriceList: [] });

async function snapshot(): Promise<PriceBook> {
  const loaded = await loadPrices("eu-central-1");
  if (!loaded.ok) throw new Error("no prices");
  return loaded.value;
}
const rate = (book: PriceBook, sku: Sku): number | undefined => book.price(sku)?.tiers[0]?.price;

async function liveOf(server: Awaited<ReturnType<typeof priceList>>, timeoutMs = 30_000) {
  const found = await livePrices({ get: server.get, timeoutMs, now: () => 0 })("eu-central-1");
  if (!found.ok) throw new Error(found.problems[0]?.message);
  return found.value;
}

describe("live prices", () => {
  it("lay AWS's own over the bundled ones, with their date, page by page", async () => {
    const server = await priceList((asked, response) => {
      const compute = asked.ServiceCode === "AmazonECS" && asked.Filters.some(({ Value }) => Value === "Compute");
      if (!compute) return nothing(response);
      const second = asked.NextToken === "page-2";
      send(response, 200, {
        FormatVersion: "aws_v1",
        PriceList: second
          ? [flat("EUC1-Fargate-GB-Hours", "hours", "0.0052000000")]
          : [
              flat("EUC1-Fargate-vCPU-Hours:perCPU", "hours", "0.0480000000"),
              // Neighbours of the same family, which must not be taken for it.
              flat("EUC1-Fargate-ARM-vCPU-Hours:perCPU", "hours", "0.0390000000"),
              flat("EUC1-Fargate-Windows-OS-Hours:perCPU", "hours", "9.0000000000"),
            ],
        ...(second ? {} : { NextToken: "page-2" }),
      });
    });
    const { book, live, bundled, says } = await liveOf(server);
    expect(rate(book, "fargate.linux.x86.vcpu_hour")).toBe(0.048);
    expect(rate(book, "fargate.linux.x86.gb_hour")).toBe(0.0052);
    expect(rate(book, "fargate.linux.arm.vcpu_hour")).toBe(0.039);
    expect(book.price("fargate.linux.x86.vcpu_hour")).toMatchObject({
      unit: "vCPU-hour",
      date: "2026-11-20",
      source: "AWS Price List API, AmazonECS (2026-11-20)",
    });
    // Ten times the bundled licence: another product.
    const old = await snapshot();
    expect(book.price("fargate.windows.os_vcpu_hour")).toEqual(old.price("fargate.windows.os_vcpu_hour"));
    expect(rate(book, "alb.hour")).toBe(rate(old, "alb.hour"));
    expect([live, bundled > 50]).toEqual([3, true]);
    expect(says).toMatch(
      /^3 prices are AWS's own, asked within the last day; \d+ are the bundled ones of 2026-11-21\.$/,
    );
    expect([...server.targets]).toEqual(["AWSPriceListService.GetProducts"]);
    expect(server.calls.find(({ ServiceCode }) => ServiceCode === "AWSDataTransfer")?.Filters).toContainEqual({
      Type: "TERM_MATCH",
      Field: "fromLocation",
      Value: "EU (Frankfurt)",
    });
    // Rows with the same question are asked once.
    expect(server.calls.filter(({ NextToken }) => NextToken === "page-2")).toHaveLength(1);
  });

  it("read tiers in order, and leave free tiers to the option that takes them off", async () => {
    const server = await priceList((asked, response) => {
      const standard =
        asked.ServiceCode === "AWSQueueService" && asked.Filters.some(({ Value }) => Value === "Standard");
      if (!standard) return nothing(response);
      send(response, 200, {
        PriceList: [
          product(
            "EUC1-Requests-Tier1",
            "Requests",
            { begin: "200000000000", end: "Inf", usd: "0.00000024" },
            { begin: "0", end: "1000000", usd: "0.0" },
            { begin: "1000000", end: "100000000000", usd: "0.0000005" },
            { begin: "100000000000", end: "200000000000", usd: "0.0000003" },
          ),
        ],
      });
    });
    const { book } = await liveOf(server);
    expect(book.price("sqs.standard.request")?.tiers).toEqual([
      { from: 0, to: 100_000_000_000, price: 0.0000005 },
      { from: 100_000_000_000, to: 200_000_000_000, price: 0.0000003 },
      { from: 200_000_000_000, to: null, price: 0.00000024 },
    ]);
  });

  it("take instance types from one question", async () => {
    const server = await priceList((asked, response) => {
      if (!asked.Filters.some(({ Value }) => Value === "Compute Instance")) return nothing(response);
      send(response, 200, {
        PriceList: [flat("EUC1-BoxUsage:m5.large", "Hrs", "0.1200000000"), flat("EUC1-BoxUsage:m5alarge", "Hrs", "9")],
      });
    });
    const { book } = await liveOf(server);
    expect(book.ec2Hourly("m5.large")).toMatchObject({
      tiers: [{ from: 0, to: null, price: 0.12 }],
      date: "2026-11-20",
    });
    expect(book.ec2Hourly("m5.xlarge")).toEqual((await snapshot()).ec2Hourly("m5.xlarge"));
  });

  it("wait out throttling as the SDK does", async () => {
    const refused = new Set<string>();
    const server = await priceList((asked, response) => {
      const compute = asked.ServiceCode === "AmazonECS" && asked.Filters.some(({ Value }) => Value === "Compute");
      if (!compute) return nothing(response);
      if (refused.has("once"))
        return send(response, 200, { PriceList: [flat("EUC1-Fargate-vCPU-Hours:perCPU", "hours", "0.0480000000")] });
      refused.add("once");
      send(response, 400, { __type: "ThrottlingException", message: "Rate exceeded" });
    });
    const { book, live } = await liveOf(server);
    expect([live, rate(book, "fargate.linux.x86.vcpu_hour")]).toEqual([1, 0.048]);
  });

  it.each<[string, (response: ServerResponse) => void, RegExp]>([
    ["empty answers", nothing, /no such product/],
    ["no list at all", (response) => send(response, 200, {}), /no such product/],
    ["a body that is no JSON", (response) => send(response, 200, "<html>proxy</html>"), /did not answer/],
    [
      "entries that are no products",
      (response) => send(response, 200, { PriceList: ["{", "[]", "null", '{"product":{}}'] }),
      /no such product/,
    ],
    [
      "refusal",
      (response) => send(response, 400, { __type: "AccessDeniedException", message: "Not yours" }),
      /Not yours/,
    ],
  ])("fall back to the bundled prices on %s, and say so", async (_case, answer, why) => {
    const { book, live, says } = await liveOf(await priceList((_asked, response) => answer(response)));
    expect([live, book.about]).toEqual([0, says]);
    expect(book.price("alb.hour")).toEqual((await snapshot()).price("alb.hour"));
    expect(says).toMatch(/^Prices are the bundled ones of 2026-11-21\. .*\.$/);
    expect(says).toMatch(why);
  });

  it("do not wait for an answer that does not come", async () => {
    const server = await priceList(() => undefined);
    const { live, says } = await liveOf(server, 300);
    expect([live, says]).toEqual([0, "Prices are the bundled ones of 2026-11-21. AWS did not answer in time."]);
  });

  it("do not turn pages in a circle", async () => {
    const server = await priceList((_asked, response) => send(response, 200, { PriceList: [], NextToken: "again" }));
    expect((await liveOf(server)).says).toContain("the same page twice");
  });

  it("are asked once a day, and again at once when nothing was had", async () => {
    let now = 0;
    let answered = false;
    const server = await priceList((asked, response) => {
      const compute = asked.ServiceCode === "AmazonECS" && asked.Filters.some(({ Value }) => Value === "Compute");
      if (!answered || !compute) return nothing(response);
      send(response, 200, { PriceList: [flat("EUC1-Fargate-vCPU-Hours:perCPU", "hours", "0.0480000000")] });
    });
    const prices = livePrices({ get: server.get, now: () => now });
    await prices("eu-central-1");
    const first = server.calls.length;
    answered = true;
    await prices("eu-central-1");
    expect(server.calls.length).toBe(2 * first);
    now = 23 * 3_600_000;
    await prices("eu-central-1");
    expect(server.calls.length).toBe(2 * first);
    now = 25 * 3_600_000;
    await prices("eu-central-1");
    expect(server.calls.length).toBe(3 * first);
  });

  it("are a problem for a Region without bundled prices", async () => {
    const server = await priceList((_asked, response) => nothing(response));
    const found = await livePrices({ get: server.get, now: () => 0 })("mx-central-1");
    expect(found.ok).toBe(false);
    expect(server.calls).toEqual([]);
  });
});

describe("readProduct", () => {
  const good = { begin: "0", end: "Inf", usd: "0.5" };
  it.each([
    [
      "a gap between tiers",
      [
        { ...good, end: "10" },
        { begin: "20", end: "Inf", usd: "1" },
      ],
    ],
    ["no open end", [{ ...good, end: "10" }]],
    ["a price that is no number", [{ ...good, usd: "free" }]],
    ["a negative price", [{ ...good, usd: "-1" }]],
    ["no price", []],
  ])("takes no product with %s", (_case, parts) => {
    expect(readProduct(product("X", "Hrs", ...parts))).toBeUndefined();
  });
  it("takes one of the documented shape", () => {
    const tiers = [{ from: 0, to: null, price: 0.5 }];
    expect(readProduct(product("X", "Hrs", good))).toEqual({
      usageType: "X",
      unit: "Hrs",
      published: "2026-11-20",
      tiers,
    });
  });
  it.each([null, 5, "", "[]", "{}", '{"terms":{"OnDemand":5},"publicationDate":"2026-01-01"}'])(
    "takes no %j",
    (entry) => {
      expect(readProduct(entry)).toBeUndefined();
    },
  );
});

describe("a refresh", () => {
  it("writes what was had in the form of the snapshot, and leaves every other row as it is", async () => {
    const bundled = await bundledPrices("eu-central-1");
    const service = "AmazonECS";
    const price = (rate: number) => ({ tiers: [{ from: 0, to: null, price: rate }], published: "2026-11-20", service });
    const found = { skus: { "alb.hour": price(0.03) }, ec2: { "m5.large": price(0.12) }, kept: [] };
    const text = regionText(bundled, found, "price-list-2026-11-20");
    const written = JSON.parse(text);
    expect(written.skus["alb.hour"]).toEqual({ unit: "LB-hour", price: 0.03, source: ["price-list-2026-11-20"] });
    expect(written.ec2.hourly["m5.large"]).toBe(0.12);
    const same = { ...written, skus: { ...written.skus, "alb.hour": bundled.skus["alb.hour"] }, ec2: bundled.ec2 };
    expect(same).toEqual(bundled);
    expect(sourceOf([found])).toMatchObject({ effectiveDate: "2026-11-20", dates: { AmazonECS: "2026-11-20" } });
    // With nothing new the file is the one that is there, byte for byte.
    const untouched = regionText(bundled, { skus: {}, ec2: {}, kept: [] }, "none");
    expect(untouched).toBe(readFileSync("lib/cost/prices/data/eu-central-1.json", "utf8"));
  });
});
