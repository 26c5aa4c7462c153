import type { Sourced } from "./docs";

/** Load balancers that stand in front of tasks. */
export type BalancerType = "application" | "network" | "classic";

export interface BalancerProtocols {
  /** What its target groups (on a Classic Load Balancer: its instance ports) speak. */
  readonly targets: readonly string[];
  /** Versions of HTTP that a target group may name beside its protocol. */
  readonly versions: readonly string[];
  /** Protocols of the tasks' ports that it can carry. */
  readonly transports: readonly ("tcp" | "udp")[];
  /** Whether it can choose a target by path and host. */
  readonly routesByContent: boolean;
}

/** What each type of load balancer can carry. */
export const balancerProtocols: Sourced & { readonly rows: { readonly [T in BalancerType]: BalancerProtocols } } = {
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-target-group.html",
  asOf: "2026-05",
  rows: {
    application: {
      targets: ["HTTP", "HTTPS"],
      versions: ["HTTP2", "GRPC"],
      transports: ["tcp"],
      routesByContent: true,
    },
    network: {
      targets: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
      versions: [],
      transports: ["tcp", "udp"],
      routesByContent: false,
    },
    classic: { targets: ["HTTP", "HTTPS", "TCP", "SSL"], versions: [], transports: ["tcp"], routesByContent: false },
  },
};

/** Target group protocols that a listener of a Network Load Balancer may forward to, its own first. */
export const networkListenerTargets: Sourced & {
  readonly rows: { readonly [protocol in "TCP" | "TLS" | "UDP" | "TCP_UDP"]: readonly string[] };
} = {
  source: "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html",
  asOf: "2026-05",
  rows: {
    TCP: ["TCP", "TCP_UDP"],
    TLS: ["TLS", "TCP"],
    UDP: ["UDP", "TCP_UDP"],
    TCP_UDP: ["TCP_UDP"],
  },
};
