import { type Cost, nothingKnown } from "./cost";

/** Quotes a field; a leading sign that spreadsheets would run as a formula is made text. */
function field(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The bill as CSV (RFC 4180), with what is unknown as lines without an amount. */
export function costCsv(cost: Cost, nameOf: (payer: { node: string | null; edge: string | null }) => string): string {
  const rows: (string | number)[][] = [
    ["Part", "Resource", "What", "Quantity", "Unit", "Rate USD", "Amount USD a month", "How", "Price date", "Source"],
  ];
  for (const line of cost.lines) {
    const how = [line.quantityNote, line.assumption ?? ""].filter((text) => text !== "").join("; ");
    rows.push([
      nameOf(line),
      line.resource,
      line.item,
      line.quantity,
      line.unit,
      line.rate,
      line.amount,
      how,
      line.priceDate ?? "",
      line.source,
    ]);
  }
  for (const line of cost.unknown) {
    rows.push([nameOf(line), line.resource, line.item, line.quantity, line.unit, "", "unknown", line.why, "", ""]);
  }
  rows.push([
    "Total",
    "",
    `${cost.region}, ${cost.scenario}`,
    "",
    "",
    "",
    nothingKnown(cost) ? "unknown" : cost.total,
    "",
    "",
    "",
  ]);
  return `${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}
