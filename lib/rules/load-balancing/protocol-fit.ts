import { networkListenerTargets } from "../../aws/listener-protocols";
import { own } from "../../core/json";
import { list } from "../../core/text";
import { isKind } from "../../model/build";
import type { Model, ModelNode } from "../../model/model";
import { containersOf, taskDefinitionOf } from "../../model/queries";
import { defineRule, type Fix, type Severity } from "../rule";
import { asBalancer, type Forward, forwardsOf, listenerIndexOf, protocolsOf, typeName } from "./forwards";
import { replaceBalancer } from "./replace-balancer";

export const protocolFit = defineRule({
  id: "ECS-LB-007",
  severity: "error",
  title: "Protocol does not fit the load balancer",
  why: "Application Load Balancers carry HTTP and HTTPS, Network Load Balancers TCP, TLS and UDP, Classic ones HTTP and TCP. A target group of another protocol is refused, and packets of another transport never arrive.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-target-group.html",
  needs: ["alb", "nlb", "clb"],
  refuses({ relation, from, to }) {
    const balancer = asBalancer(from);
    if (relation !== "forward" || !balancer || !isKind(to, "service")) return undefined;
    if (protocolsOf(balancer).transports.includes("udp") || !speaksOnlyUdp(to)) return undefined;
    return {
      reason: `The tasks speak UDP only, which ${typeName(balancer)}s do not carry`,
      instead: "Use a Network Load Balancer",
    };
  },
  check({ model }, report) {
    for (const forward of forwardsOf(model)) {
      const misfit = misfitOf(model, forward);
      if (!misfit) continue;
      const { balancer, service, edge } = forward;
      report({
        at: { edge: edge.id, ...(misfit.field ? { field: misfit.field } : {}) },
        also: [{ node: balancer.id }, { node: service.id }],
        severity: misfit.severity ?? "error",
        message: `${balancer.name} (${typeName(balancer)}) cannot carry ${misfit.what} to ${service.name}. Use ${misfit.use}.`,
        ...(misfit.fix ? { fix: misfit.fix } : {}),
      });
    }
  },
});

function speaksOnlyUdp(service: ModelNode): boolean {
  const taskDefinition = taskDefinitionOf(service);
  const mappings = taskDefinition ? containersOf(taskDefinition).flatMap((container) => container.portMappings) : [];
  return mappings.length > 0 && mappings.every((mapping) => mapping.protocol === "udp");
}

interface Misfit {
  what: string;
  use: string;
  field?: string;
  severity?: Severity;
  fix?: Fix;
}

function misfitOf(model: Model, forward: Forward): Misfit | undefined {
  return transportMisfit(model, forward) ?? groupMisfit(forward) ?? stickyMisfit(forward) ?? contentMisfit(forward);
}

function transportMisfit(model: Model, { balancer, mapping }: Forward): Misfit | undefined {
  if (!mapping || protocolsOf(balancer).transports.includes(mapping.protocol)) return undefined;
  const { scheme, tier, securityGroups } = balancer.props;
  const port = mapping.containerPort ?? 80;
  const props = { scheme, tier, listeners: [{ port, protocol: "UDP" }], securityGroups };
  const alone = balancer.out.filter((edge) => edge.relation === "forward").length === 1;
  return {
    what: `${mapping.protocol.toUpperCase()} port ${port}`,
    use: "a Network Load Balancer with a UDP listener",
    ...(alone
      ? {
          fix: {
            title: "Replace by a Network Load Balancer",
            risk: "review",
            edits: replaceBalancer(model, balancer, "nlb", props).map((edit) =>
              edit.edit === "reconnect" && edit.edge.relation === "forward"
                ? { ...edit, edge: { ...edit.edge, props: onlyTarget(edit.edge.props) } }
                : edit,
            ),
          },
        }
      : {}),
  };
}

/** The container and port of an edge, without what only an HTTP listener understands. */
const onlyTarget = ({ container, containerPort }: { container?: string; containerPort?: number }) => ({
  ...(container === undefined ? {} : { container }),
  ...(containerPort === undefined ? {} : { containerPort }),
});

function groupMisfit({ balancer, edge }: Forward): Misfit | undefined {
  const protocol = edge.props.targetProtocol;
  if (protocol === undefined) return undefined;
  const fitting = fittingGroups(balancer, edge.props.listenerPort);
  if ([...fitting, ...protocolsOf(balancer).versions].includes(protocol.toUpperCase())) return undefined;
  return {
    what: protocol === "" ? "an empty protocol" : protocol,
    use: list(fitting, "or"),
    field: "/targetProtocol",
    fix: {
      title: "Use the protocol that fits",
      risk: "safe",
      edits: [{ edit: "setField", id: edge.id, field: "/targetProtocol" }],
    },
  };
}

/** Target group protocols that the edge's listener accepts; all of the load balancer's where there is no such listener. */
function fittingGroups(balancer: Forward["balancer"], listenerPort: number | undefined): readonly string[] {
  const listener = balancer.props.listeners[listenerIndexOf(balancer, listenerPort)];
  const narrowed =
    isKind(balancer, "nlb") && listener ? own(networkListenerTargets.rows, listener.protocol) : undefined;
  return narrowed ?? protocolsOf(balancer).targets;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html */
function stickyMisfit({ balancer, edge }: Forward): Misfit | undefined {
  const { stickiness, listenerPort, targetProtocol } = edge.props;
  if (!stickiness || !isKind(balancer, "nlb")) return undefined;
  const listener = balancer.props.listeners[listenerIndexOf(balancer, listenerPort)];
  if (listener?.protocol !== "TLS" && targetProtocol?.toUpperCase() !== "TLS") return undefined;
  return {
    what: "sticky sessions over TLS",
    use: "a TCP listener, or turn sticky sessions off",
    field: "/stickiness",
    fix: {
      title: "Turn sticky sessions off",
      risk: "safe",
      edits: [{ edit: "setField", id: edge.id, field: "/stickiness" }],
    },
  };
}

function contentMisfit({ balancer, edge }: Forward): Misfit | undefined {
  const { pathPatterns, hostHeaders } = edge.props;
  if (protocolsOf(balancer).routesByContent || pathPatterns.length + hostHeaders.length === 0) return undefined;
  return {
    what: `only ${list([...hostHeaders, ...pathPatterns])}`,
    use: "an Application Load Balancer to route by path and host, or clear them",
    field: pathPatterns.length > 0 ? "/pathPatterns" : "/hostHeaders",
    severity: "warning",
    fix: {
      title: "Clear paths and hosts",
      risk: "safe",
      edits: [
        { edit: "setField", id: edge.id, field: "/pathPatterns" },
        { edit: "setField", id: edge.id, field: "/hostHeaders" },
      ],
    },
  };
}
