import { list } from "../core/text";
import type { World } from "../stack/resolve/worlds";
import { type Hop, together, type Verdict } from "./flow";
import { plainHop } from "./hops";

/** What one way a template may come out says of a packet. */
export interface Outcome {
  world: World;
  verdict: Verdict;
  hops: readonly Hop[];
}

/**
 * One answer of all worlds: what they agree on, else that nobody can know, with the conditions it hangs on. The hops are
 * those of the world that says the worst.
 */
export function merged(
  outcomes: readonly Outcome[],
  complete: boolean,
  conditions: readonly string[],
): { verdict: Verdict; hops: readonly Hop[] } {
  const worst =
    outcomes.find(({ verdict }) => verdict === "blocked") ??
    outcomes.find(({ verdict }) => verdict === "unknowable") ??
    (outcomes[0] as Outcome);
  const agreed = outcomes.every(({ verdict }) => verdict === worst.verdict);
  if (agreed && complete) return { verdict: worst.verdict, hops: worst.hops };
  const first = worst.hops.find(({ verdict }) => verdict !== "open") ?? worst.hops[0];
  const said = complete
    ? `It depends on ${list([...deciding(outcomes, conditions), "parameters without a default"])}.`
    : `It may depend on more conditions than can be followed: ${list(conditions.slice(0, 10))}. Give their parameters defaults.`;
  const hop = plainHop("route", {
    at: first?.at ?? "",
    port: first?.port ?? "",
    verdict: "unknowable",
    why: `${said} In one case: ${first?.why ?? ""}`,
  });
  // What is blocked in one world only is not blocked.
  const hops = worst.hops.filter(({ verdict }) => verdict === "open");
  return { verdict: together([hop]), hops: [...hops, hop] };
}

/** The conditions that change the answer; all where no single one does. */
function deciding(outcomes: readonly Outcome[], conditions: readonly string[]): string[] {
  const changes = conditions.filter((name) => {
    const [yes, no] = [true, false].map(
      (holds) => new Set(outcomes.filter(({ world }) => world.holds[name] === holds).map(({ verdict }) => verdict)),
    );
    return yes && no && (yes.size !== no.size || [...yes].some((verdict) => !no.has(verdict)));
  });
  const named = changes.length > 0 ? changes : conditions;
  return named.map((name) => `the condition ${name}`);
}
