import { isRegion } from "../../aws/regions";
import { own } from "../../core/json";
import { isKind } from "../../model/build";
import type { ModelNode } from "../../model/model";
import { containersOf, servicesOf } from "../../model/queries";
import { logsStored, logsWritten } from "../formulas/watching";
import type { Ledger } from "../ledger";
import { chargeWay } from "../outbound/charge";
import { ofAgent } from "../outbound/edges";
import { monthlyGb } from "../traffic";
import { combine, type Known } from "../usage";
import { priced } from "./cell";

/** What a task definition logs for the requests that reach its services; undefined when none does. */
function logsOfRequests(ledger: Ledger, definition: ModelNode<"taskDefinition">): Known | undefined {
  let perSecond = 0;
  const assumed: string[] = [];
  for (const service of servicesOf(definition as ModelNode)) {
    const load = ledger.traffic.of(service.id);
    if (!load) continue;
    if ("why" in load) return load;
    perSecond += load.requestsPerSecond;
    assumed.push(...load.assumedRequests);
  }
  if (perSecond === 0) return undefined;
  return combine([{ value: perSecond, assumed }, ledger.figureOf(definition.id, "logKbPerRequest")], monthlyGb);
}

/** What is written to logs, the way there, and what is kept of it: so many days, or as long as `kept` says. */
function chargeLogs(ledger: Ledger, node: ModelNode | undefined, kept: number | { why: string }): void {
  ledger.once("Logs", () => {
    const ofRequests = (): Known | undefined =>
      isKind(node, "taskDefinition") ? logsOfRequests(ledger, node) : undefined;
    const written = ledger.givenHere("logsGb") ?? ofRequests() ?? ledger.figure("logsGb");
    ledger.addKnown(written, logsWritten);
    if (node)
      chargeWay(
        ledger,
        "logs",
        ofAgent(ledger.runners(node.id), () => written),
        "of logs",
      );
    if (typeof kept === "number") ledger.addKnown(written, (gb) => logsStored(gb, kept));
    else ledger.miss("Logs stored", "GB", 0, kept.why);
  });
}

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const logGroup = priced<"AWS::Logs::LogGroup">(({ properties, origins }, ledger) => {
  const days = properties.RetentionInDays;
  chargeLogs(
    ledger,
    ledger.model.node(origins[""]?.[0]?.node ?? ""),
    typeof days === "number" ? days : { why: "Kept for ever, so the cost grows every month." },
  );
});

/** Logs of tasks whose group exists already: what they write is paid all the same. The group is no part of the design. */
export function chargeNamedGroups(ledger: Ledger, definition: ModelNode<"taskDefinition">): void {
  const groups = containersOf(definition).flatMap(({ logConfiguration }) =>
    logConfiguration?.logDriver === "awslogs" ? [own(logConfiguration.options ?? {}, "awslogs-group") ?? ""] : [],
  );
  if (groups.length === 0 || groups.some((name) => name === "")) return;
  const why = "The log group exists outside this design and says how long it keeps them.";
  chargeLogs(ledger, definition as ModelNode, { why });
}

/**
 * Logs that do not end in CloudWatch Logs of this Region, as far as they run. FireLens sends them where its options say.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
 */
export function chargeElsewhere(ledger: Ledger, definition: ModelNode<"taskDefinition">): void {
  if (ledger.runners(definition.id).length === 0) return;
  const logged = containersOf(definition).flatMap(({ logConfiguration }) => logConfiguration ?? []);
  if (logged.some(({ logDriver }) => logDriver === "awsfirelens")) {
    const why = "Depends on use: what FireLens sends is paid where it goes, and that its options say.";
    ledger.miss("Logs sent by FireLens", "GB", 0, why);
  }
  const regions = logged.flatMap(({ logDriver, options }) =>
    logDriver === "awslogs" ? [own(options ?? {}, "awslogs-region") ?? ""] : [],
  );
  if (regions.some((region) => isRegion(region) && region !== ledger.model.region)) {
    const why =
      "They are counted at the rates of this Region. Those of their own may differ, and the way there has no figure in the bundled price list.";
    ledger.miss("Log data to another Region", "GB", 0, why);
  }
}
