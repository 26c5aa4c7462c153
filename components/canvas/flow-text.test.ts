import { expect, it } from "vitest";
import { buildModel } from "@/lib/model/build";
import type { Flow } from "@/lib/network/flow";
import { traceFlows } from "@/lib/network/trace";
import { lower } from "@/lib/stack/lower";
import { draw } from "@/lib/testing/draw";
import { fargateWeb, type WebChanges } from "@/lib/testing/presets";
import { flowBriefs, flowSentence, flowTexts } from "./flow-text";

function flows(change: WebChanges): Flow[] {
  const model = buildModel(draw((draft) => void fargateWeb(draft, change)));
  return [...traceFlows(model, lower(model)).flows];
}

it("says verdict, ports and groups, as much as there is room for", () => {
  const [request, forward] = flows({}) as [Flow, Flow];
  expect(flowTexts(forward)).toEqual([
    "✓ open tcp/8080 FrontDoorSecurityGroup → WebSecurityGroup",
    "✓ tcp/8080 FrontDoorSecurityGroup → WebSecurityGroup",
    "✓ tcp/8080 FrontDoor → Web",
    "✓ tcp/8080\nFrontDoor → Web",
    "✓ tcp/8080\nFrontDoor\n→ Web",
    "✓ 8080\nFrontDoor\n→ Web",
    "✓\n8080\nFrontDoor\n→ Web",
    "✓ open tcp/8080",
    "✓ tcp/8080",
    "✓ 8080",
    "✓",
  ]);
  expect(flowTexts(request)).toContain("✓ tcp/443, tcp/80");
});

it("tells a flow that is not open by the hop that decides it", () => {
  const [, blocked] = flows({ service: { securityGroups: { mode: "own" } } }) as [Flow, Flow];
  expect(flowTexts(blocked)[0]).toBe("✕ blocked tcp/8080 FrontDoorSecurityGroup → WebSecurityGroup");
  expect(flowBriefs(blocked)).toEqual(["✕ tcp/8080", "✕ 8080", "✕"]);
  expect(flowSentence(blocked)).toBe("blocked, tcp/8080, FrontDoorSecurityGroup → WebSecurityGroup");
});

it("clips the names of groups only where nothing longer has room, and keeps what tells groups of one name apart", () => {
  const hop = {
    at: "OrdersSecurityGroup2, MetricsSecurityGroup → PaymentGatewaySecurityGroup",
    port: "tcp/80",
    stage: "ingress",
    traffic: "data",
    verdict: "open",
    why: ".",
  } as const;
  const texts = flowTexts({ edge: "e1", verdict: "open", hops: [hop] });
  expect(texts).toContain("✓ tcp/80\nOrders2, Metrics → PaymentGateway");
  expect(texts).toContain("✓ 80\nOrders2,…\n→ PaymentG…");
  expect(texts.indexOf("✓ open tcp/80")).toBeGreaterThan(texts.findIndex((text) => text.includes("…")));
});

it("counts ports beyond the first two, and needs no group where none is asked", () => {
  const listeners = [80, 81, 82, 83].map((port) => ({ port, protocol: "HTTP" as const }));
  const [request] = flows({ alb: { listeners } }) as [Flow];
  expect(flowBriefs(request)[0]).toBe("✓ tcp/80, tcp/81 +2");
  const hop = {
    at: "A → B",
    port: "tcp/80",
    stage: "route",
    traffic: "data",
    verdict: "unknowable",
    why: ".",
  } as const;
  expect(flowTexts({ edge: "e1", verdict: "unknowable", hops: [hop] })).toEqual([
    "? unknown tcp/80",
    "? tcp/80",
    "? 80",
    "?",
  ]);
  expect(flowTexts({ edge: "e1", verdict: "open", hops: [] })).toEqual(["✓ open", "✓"]);
});
