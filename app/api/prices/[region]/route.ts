import { livePrices } from "@/lib/cost/prices/live";
import { awsProducts } from "@/lib/cost/prices/live/client";

export const dynamic = "force-dynamic";

/**
 * Prices of now, for a server that its operator gave credentials of AWS and said so: `BAYPLAN_LIVE_PRICES=1`. Without it
 * nobody is asked and the answer is empty, so that the page keeps to the bundled prices. One answer a day and Region is
 * shared by all who ask; no design ever comes here, only the code of a Region.
 */
const ask =
  process.env.BAYPLAN_LIVE_PRICES === "1" ? livePrices({ get: awsProducts(), now: Date.now, timeoutMs: 20_000 }) : null;

export async function GET(_request: Request, { params }: { params: Promise<{ region: string }> }): Promise<Response> {
  if (!ask) return new Response(null, { status: 204 });
  const found = await ask((await params).region);
  if (!found.ok) return Response.json({ problems: found.problems }, { status: 404 });
  const { says, live, bundled, data } = found.value;
  return Response.json({ says, live, bundled, data }, { headers: { "Cache-Control": "private, max-age=3600" } });
}
