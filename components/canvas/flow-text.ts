import type { Flow, Hop, Verdict } from "@/lib/network/flow";

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Said of each verdict on the line itself, so that colour is never the only sign. */
export const verdictWords = {
  open: { sign: "✓", word: "open" },
  blocked: { sign: "✕", word: "blocked" },
  unknowable: { sign: "?", word: "cannot be known" },
} as const satisfies Record<Verdict, { sign: string; word: string }>;

/** Ports that are named before the rest is counted. */
const FEW = 2;

/** What a line says of a flow: its ports, and the pair of security groups that a packet passes between. */
export interface FlowWords {
  ports: string;
  /** "AlbSecurityGroup → WebSecurityGroup"; empty where no group is asked. */
  pair: string;
}

/** Of an open flow everything that gets in at its end; of another one the hop that decides. */
export function flowWords({ verdict, hops }: Flow): FlowWords {
  const data = hops.filter(({ traffic }) => traffic === "data");
  const deciding = verdict === "open" ? lastGroup(data) : (hops.find((hop) => hop.verdict === verdict) ?? data.at(-1));
  if (!deciding) return { ports: data.at(-1)?.port ?? "", pair: "" };
  const beside = data.filter(
    ({ stage, at, verdict: own }) => stage === deciding.stage && at === deciding.at && own === deciding.verdict,
  );
  const ports = [
    ...new Set((beside.length > 0 ? beside : [deciding]).map(({ port }) => port).filter((port) => port !== "")),
  ];
  const rest = ports.length - FEW;
  return {
    ports: rest > 0 ? `${ports.slice(0, FEW).join(", ")} +${rest}` : ports.join(", "),
    pair: isGroup(deciding) ? deciding.at : "",
  };
}

const isGroup = ({ stage }: Hop): boolean => stage === "egress" || stage === "ingress";

const lastGroup = (hops: readonly Hop[]): Hop | undefined => hops.findLast(isGroup) ?? hops.at(-1);

/** Words on a line in Flows, the longest first: verdict, ports and groups, as much of it as there is room for. */
export function flowTexts(flow: Flow): string[] {
  const { sign, word } = verdictWords[flow.verdict];
  const { ports, pair } = flowWords(flow);
  const all = [
    joined(sign, word, ports, pair),
    joined(sign, ports, pair),
    joined(sign, word, ports),
    joined(sign, ports),
    // Almost everything is TCP.
    joined(sign, ports.replaceAll("tcp/", "")),
    sign,
  ];
  return [...new Set(all)];
}

/** Words that can still be read from further away: verdict and ports. */
export function flowBrief(flow: Flow): string {
  return joined(verdictWords[flow.verdict].sign, flowWords(flow).ports);
}

/** "open, tcp/8080, AlbSecurityGroup → WebSecurityGroup": for screen readers, and for whoever points at the line. */
export function flowSentence(flow: Flow): string {
  const { ports, pair } = flowWords(flow);
  return [verdictWords[flow.verdict].word, ports, pair].filter((part) => part !== "").join(", ");
}
