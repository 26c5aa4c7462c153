import type { Document } from "../../document/document";
import { inEnvironment } from "../../document/parse";
import { buildModel, isKind } from "../../model/build";
import type { Model } from "../../model/model";
import { type Asked, INTERNET } from "../../network/asked";
import { directHops } from "../../network/direct";
import { pathBetween } from "../../network/path";
import { inAllWorlds, type Reached } from "../../network/reachability";
import { traceTemplate } from "../../network/templates";
import { traceFlows } from "../../network/trace";
import { lower } from "../../stack/lower";
import { type Arguments, type Command, choice, Unusable } from "../command";
import { environmentOf } from "../design";
import { hopJson, hopText, nodeNamed, verdictCode } from "../flows";
import { readInput, resourceNamed } from "../template";

type Packet = Pick<Asked, "protocol" | "port">;

/** Along what is drawn; a packet that is named goes straight from one node to the other. */
function traceDesign(given: Arguments, document: Document, from: string, to: string, packet: Packet): Reached {
  const model = buildModel(inEnvironment(document, environmentOf(given, document)));
  const [start, end] = [nodeNamed(document, from), nodeNamed(document, to)];
  const stack = lower(model);
  if (packet.port === undefined && packet.protocol === undefined)
    return pathBetween(model, traceFlows(model, stack), start, end);
  const asked: Asked = { ...packet, clients: clientsAt(model, start) };
  const nameOf = (node: string): string | undefined => model.node(node)?.name;
  return inAllWorlds(stack, (ground) => directHops(ground, endAt(model, start), endAt(model, end), asked), nameOf);
}

/** The resource that a node is, or everything outside AWS. */
function endAt(model: Model, id: string): string {
  const node = model.node(id);
  return node && isKind(node, "internet") ? INTERNET : (node?.logicalId ?? id);
}

function clientsAt(model: Model, id: string): readonly string[] | undefined {
  const node = model.node(id);
  return node && isKind(node, "internet") ? node.props.cidrs : undefined;
}

function packetOf(given: Arguments): Packet {
  const [protocol, port] = [given.text("protocol"), given.text("port")];
  if (protocol !== undefined && protocol !== "tcp" && protocol !== "udp")
    throw new Unusable(`--protocol ${protocol} is not known. Use tcp or udp.`);
  if (port === undefined) return { protocol };
  const number = /^[1-9]\d{0,4}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > LAST_PORT)
    throw new Unusable(`--port ${port} is no port. Give a whole number from 1 to ${LAST_PORT}.`);
  return { protocol, port: number };
}

const LAST_PORT = 65535;

export const trace: Command = {
  name: "trace",
  usage: "FILE --from NODE --to NODE [--port N] [--protocol tcp|udp] [--environment NAME] [--format text|json]",
  about:
    "Follows a packet between two nodes, or two resources of a CloudFormation template, hop by hop: along what connects them, or straight where --port names one. Exit code 0 open, 1 blocked, 3 unknowable.",
  positionals: { least: 1, most: 1 },
  options: {
    from: { type: "string" },
    to: { type: "string" },
    port: { type: "string" },
    protocol: { type: "string" },
    environment: { type: "string" },
    format: { type: "string" },
  },
  async run(given, io) {
    const format = choice(given, "format", ["text", "json"]);
    const [from, to] = [given.text("from"), given.text("to")];
    if (from === undefined || to === undefined) throw new Unusable("Say what to trace: --from NODE --to NODE.");
    const packet = packetOf(given);
    const input = await readInput(given, io);
    const { verdict, hops } =
      "template" in input
        ? traceTemplate(
            input.template.stack,
            resourceNamed(input.template, from),
            resourceNamed(input.template, to),
            packet,
          )
        : traceDesign(given, input.document, from, to, packet);
    if (format === "json") io.out(`${JSON.stringify({ verdict, hops: hops.map(hopJson) }, null, 2)}\n`);
    else io.out([verdict, ...hops.map(hopText), ""].join("\n"));
    return verdictCode[verdict];
  },
};
