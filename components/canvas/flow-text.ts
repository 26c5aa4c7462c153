import { clip } from "@/lib/core/text";
import type { Flow, Hop, Verdict } from "@/lib/network/flow";

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join(" ");

/** Said of each verdict on the line itself, so that colour is never the only sign. */
export const verdictWords = {
  open: { sign: "✓", word: "open" },
  blocked: { sign: "✕", word: "blocked" },
  unknowable: { sign: "?", word: "unknown" },
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

/**
 * Words on a line in Flows, the longest first, as much of it as there is room for: verdict, ports and groups on one line;
 * then groups by their short names, on lines of their own, clipped; ports alone only where no pair has room.
 */
export function flowTexts(flow: Flow): string[] {
  const { sign, word } = verdictWords[flow.verdict];
  const { ports, pair } = flowWords(flow);
  const all = [
    joined(sign, word, ports, pair),
    joined(sign, ports, pair),
    ...(pair === "" ? [] : shorter(sign, ports, pair)),
    joined(sign, word, ports),
    ...flowBriefs(flow),
  ];
  return [...new Set(all)];
}

/** Characters of a group's name that still tell it apart. */
const CLIPPED = 9;

function shorter(sign: string, ports: string, pair: string): string[] {
  const bare = withoutTcp(ports);
  const [from = "", to = ""] = pair.split(ARROW).map(shortGroup);
  const [a, b] = [clip(from, CLIPPED), clip(to, CLIPPED)];
  return [
    joined(sign, ports, `${from}${ARROW}${to}`),
    `${joined(sign, ports)}\n${from}${ARROW}${to}`,
    `${joined(sign, ports)}\n${from}\n→ ${to}`,
    `${joined(sign, bare)}\n${a}\n→ ${b}`,
    ...(bare === "" ? [] : [`${sign}\n${bare}\n${a}\n→ ${b}`]),
  ];
}

const ARROW = " → ";

/** Almost everything is TCP. */
const withoutTcp = (ports: string): string => ports.replaceAll("tcp/", "");

/** Groups without the words that their logical ids end in: "FrontDoor", "Web, Worker2". */
const shortGroup = (ids: string): string =>
  ids
    .split(", ")
    .map((id) => id.replace(/SecurityGroup(?=\d*$)/, "") || id)
    .join(", ");

/** Words that can still be read from further away, the longest first: verdict and ports. */
export function flowBriefs(flow: Flow): string[] {
  const { sign } = verdictWords[flow.verdict];
  const { ports } = flowWords(flow);
  return [joined(sign, ports), joined(sign, withoutTcp(ports)), sign];
}

/** "open, tcp/8080, AlbSecurityGroup → WebSecurityGroup": for screen readers, and for whoever points at the line. */
export function flowSentence(flow: Flow): string {
  const { ports, pair } = flowWords(flow);
  return [verdictWords[flow.verdict].word, ports, pair].filter((part) => part !== "").join(", ");
}
