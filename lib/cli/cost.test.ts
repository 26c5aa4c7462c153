import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { printDocument } from "../document/parse";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import type { Io } from "./io";
import { IoError } from "./io";
import { main } from "./main";

async function bayplan(argv: string[], files: Record<string, string>) {
  let out = "";
  let err = "";
  const refuse = async (): Promise<never> => {
    throw new IoError("Not here.");
  };
  const io: Io = {
    stdin: refuse,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    readFile: refuse,
    readBytes: async (path) => new TextEncoder().encode(files[path] ?? files["-"]),
    writeFile: refuse,
  };
  return { code: await main(argv, io), out, err };
}

const web = (desiredCount: number, extra = {}): string =>
  printDocument(
    draw((draft) => {
      const { alb } = fargateWeb(draft, { service: { desiredCount }, cluster: { containerInsights: "enhanced" } });
      draft.document.usage.scenarios.typical[alb] = { requestsPerSecond: 10, responseKb: 100, ...extra };
    }),
  );

describe("bayplan cost", () => {
  it("prints what pipelines read and no more, with what is unknown and why", async () => {
    const { code, out } = await bayplan(["cost", "-", "--format", "json"], { "-": web(2) });
    const cost = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(cost)).toEqual(["currency", "region", "scenario", "environment", "total", "unknown", "lines"]);
    expect(cost.unknown).toEqual([
      {
        node: expect.any(String),
        edge: null,
        resource: "Main",
        item: "Container Insights metrics",
        unit: "metric-month",
        quantity: 0,
        why: expect.stringContaining("“Metrics”"),
      },
      {
        node: expect.any(String),
        edge: null,
        resource: "Main",
        item: "Container Insights logs",
        unit: "GB",
        quantity: 0,
        why: expect.stringContaining("AWS names no volume"),
      },
    ]);
    const spot = { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" as const }] };
    const open = printDocument(draw((draft) => void fargateWeb(draft, { service: spot })));
    const { unknown } = JSON.parse((await bayplan(["cost", "-", "--format", "json"], { "-": open })).out);
    expect(unknown.map(Object.keys)).toEqual([["node", "edge", "resource", "item", "unit", "quantity", "why"]]);
  });

  it("says what was assumed, and of which dates the prices are", async () => {
    const { out } = await bayplan(["cost", "-"], { "-": web(2) });
    expect(out).toContain("\nAssumed:\n");
    expect(out).toMatch(/Front door: .*Requests over one connection 1.*, until the usage says otherwise\./);
    expect(out).toMatch(/with prices of 2025-\d\d-\d\d to 2026-\d\d-\d\d\n$/);
  });

  it("takes the free tier off on request, and prints CSV", async () => {
    const total = async (...more: string[]) => {
      const { out } = await bayplan(["cost", "-", "--format", "csv", ...more], { "-": web(2) });
      const rows = out.trim().split("\r\n");
      expect(rows[0]).toContain("Price date");
      return Number(rows[rows.length - 1]?.split(",")[7]);
    };
    // The first 100 GB a month to the internet at 0.09, and 5 GB of logs at 0.50.
    expect((await total()) - (await total("--free-tier"))).toBeCloseTo(100 * 0.09 + 5 * 0.5, 6);
  });

  it("prints what differs between two designs", async () => {
    const files = { "a.json": web(2), "b.json": web(3, { requestsPerSecond: 0 }) };
    const { code, out } = await bayplan(["cost", "a.json", "b.json"], files);
    expect(code).toBe(0);
    // One task more: 730 h × 0.25 vCPU × 0.04048
    expect(out).toMatch(/^ +\+\$7\.39 {2}Web: Fargate vCPU hours \(Linux, x86\) \(\$14\.78 → \$22\.16\)$/m);
    expect(out).toMatch(/−\$\d+\.\d\d {2}Users → Front door: Data transfer out to the internet \(.* → \$0\.00\)/);
    const json = JSON.parse((await bayplan(["cost", "a.json", "b.json", "--format", "json"], files)).out);
    expect(json.difference).toBeCloseTo(json.after.total - json.before.total, 8);
    const sum = json.lines.reduce((all: number, line: { difference: number }) => all + line.difference, 0);
    expect(sum).toBeCloseTo(json.difference, 6);
    const same = await bayplan(["cost", "a.json", "a.json"], files);
    expect(same.out).toContain("Nothing that has a price differs.");
  });

  it.each([
    [["cost", "-", "--region", "mx-central-1"], "no bundled prices for the Region"],
    [["cost", "-", "--scenario", "wild"], "typical or low or high"],
    [["cost", "-", "--format", "xml"], "text or json or csv"],
    [["cost", "-", "-"], "Only one of the two"],
    [["cost", "-", "b", "--format", "csv"], "one design"],
  ])("%j is refused in a sentence", async (argv, sentence) => {
    const { code, out, err } = await bayplan(argv, { "-": web(1), b: web(1) });
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain(sentence);
  });

  it("asks AWS for prices of now, and says what it got", async () => {
    const usage = (type: string, usd: string): string =>
      JSON.stringify({
        product: { attributes: { usagetype: type } },
        terms: {
          OnDemand: {
            term: {
              priceDimensions: {
                only: { unit: "hours", beginRange: "0", endRange: "Inf", pricePerUnit: { USD: usd } },
              },
            },
          },
        },
        publicationDate: "2026-11-20T00:00:00Z",
      });
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const asked = body.includes('"AmazonECS"');
        response.setHeader("Content-Type", "application/x-amz-json-1.1");
        response.end(JSON.stringify({ PriceList: asked ? [usage("USE1-Fargate-vCPU-Hours:perCPU", "0.05")] : [] }));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    vi.stubEnv("AWS_ENDPOINT_URL_PRICING", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
    try {
      const { code, out, err } = await bayplan(["cost", "-", "--live-prices"], { "-": web(2) });
      expect(code).toBe(0);
      expect(out).toContain("(730 h × 2 tasks × 0.25 vCPU at $0.05 per vCPU-hour)");
      expect(err).toMatch(
        /^1 price is AWS's own, asked within the last day; \d+ are the bundled ones of 2026-11-21\.\n$/,
      );
    } finally {
      vi.unstubAllEnvs();
      await new Promise((done) => server.close(done));
    }
  });

  it("gives no total where a design's own Region has no prices, and never $0", async () => {
    const elsewhere = JSON.parse(web(2));
    elsewhere.settings.region = "mx-central-1";
    const files = { "-": JSON.stringify(elsewhere) };
    const { code, out, err } = await bayplan(["cost", "-"], files);
    expect(code).toBe(0);
    expect(err).toContain("no bundled prices for the Region");
    expect(out).not.toContain("$");
    expect(out).toMatch(/Nothing of it could be priced, so there is no total for mx-central-1\.\n$/);
    const both = await bayplan(["cost", "a", "b"], { a: web(2), b: files["-"] });
    expect(both.out).toMatch(/\nThere are no prices for mx-central-1, so the difference is not known\.\n$/);
    const csv = (await bayplan(["cost", "-", "--format", "csv"], files)).out.trim().split("\r\n");
    expect(csv[csv.length - 1]).toMatch(/^Total,.*,unknown,/);
  });

  it("answers absurd figures with a sentence, and the schema negative ones", async () => {
    const absurd = await bayplan(["cost", "-"], { "-": web(2, { requestsPerSecond: 1e15 }) });
    expect(absurd.out).toContain("“Requests on average” is 1,000,000,000,000,000 requests/s, more than can be");
    expect(absurd.out).not.toMatch(/NaN|Infinity/);
    const negative = await bayplan(["cost", "-"], { "-": web(2, { requestsPerSecond: -1 }) });
    expect([negative.code, negative.out]).toEqual([2, ""]);
    expect(negative.err).toContain("A quantity is zero or more");
  });
});
