import { expect, it } from "vitest";
import type { Cost } from "./cost";
import { costCsv } from "./csv";

it("quotes what needs it and never hands a spreadsheet a formula", () => {
  const cost: Cost = {
    currency: "USD",
    region: "us-east-1",
    scenario: "typical",
    environment: null,
    total: 3,
    lines: [
      {
        node: "n1",
        edge: null,
        resource: "Web",
        item: 'Hours, "spot"',
        unit: "h",
        quantity: 2,
        rate: 1.5,
        amount: 3,
        source: "S",
        priceDate: "2026-09-21",
        quantityNote: "2 h",
      },
    ],
    unknown: [{ node: "n2", edge: null, resource: "X", item: "Data", unit: "GB", quantity: 1, why: "Depends on use." }],
  };
  const lines = costCsv(cost, ({ node }) => (node === "n1" ? '=HYPERLINK("x")' : "Other")).split("\r\n");
  expect(lines[1]).toBe(`"'=HYPERLINK(""x"")",Web,"Hours, ""spot""",2,h,1.5,3,2 h,2026-09-21,S`);
  expect(lines[2]).toBe("Other,X,Data,1,GB,,unknown,Depends on use.,,");
  expect(lines[3]).toBe('Total,,"us-east-1, typical",,,,3,,,');
});
