import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

async function get(region: string): Promise<Response> {
  vi.resetModules();
  const { GET } = await import("./route");
  return GET(new Request(`http://localhost/api/prices/${region}`), { params: Promise.resolve({ region }) });
}

it("asks nobody until the operator says so", async () => {
  const answer = await get("eu-west-1");
  expect([answer.status, await answer.text()]).toEqual([204, ""]);
});

it("gives the prices that AWS gave, and the bundled ones where it gave none", async () => {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      response.setHeader("Content-Type", "application/x-amz-json-1.1");
      response.end(JSON.stringify({ PriceList: [] }));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  vi.stubEnv("BAYPLAN_LIVE_PRICES", "1");
  vi.stubEnv("AWS_ENDPOINT_URL_PRICING", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "example");
  try {
    const answer = await get("eu-west-1");
    expect(answer.status).toBe(200);
    const found = await answer.json();
    expect(found).toMatchObject({ live: 0, says: expect.stringContaining("bundled ones of 2026-11-21") });
    expect(found.data.skus["alb.hour"].price).toBe(0.0252);
    const strange = await get("mx-central-1");
    expect([strange.status, (await strange.json()).problems[0].message]).toEqual([
      404,
      expect.stringContaining("no bundled prices"),
    ]);
  } finally {
    await new Promise((done) => server.close(done));
  }
});
