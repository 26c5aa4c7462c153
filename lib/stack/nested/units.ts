/** Resources that stand in one template together. */
export interface Unit {
  /** In order. */
  ids: readonly string[];
  /** What is made for a node begins here, but for what something before it needs. */
  fresh: boolean;
}

interface Step {
  id: string;
  needs: readonly string[];
  next: number;
}

/**
 * Puts resources into an order in which each stands behind what it needs: depth first from each of `starts`, the
 * resources of one node after the other, so that what only one of them needs stands just before it; after each node the
 * followers that had only been waiting for what it brought. What needs each other is one unit (Tarjan's strongly connected components, without recursion because
 * people draw long chains).
 */
export function unitsOf(
  starts: readonly (readonly string[])[],
  followers: readonly string[],
  needsOf: (id: string) => readonly string[],
): Unit[] {
  const units: Unit[] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const waiting = new Waiting(followers, needsOf);
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id) as number, to));

  const begin = (id: string): Step => {
    index.set(id, index.size);
    low.set(id, index.get(id) as number);
    open.push(id);
    isOpen.add(id);
    return { id, needs: needsOf(id), next: 0 };
  };
  const end = ({ id }: Step, fresh: boolean): void => {
    if (low.get(id) !== index.get(id)) return;
    const members = open.splice(open.lastIndexOf(id));
    for (const member of members) isOpen.delete(member);
    units.push({ ids: members.sort(), fresh });
    waiting.over(members);
  };
  let isFirst = false;
  const visit = (start: string): void => {
    if (index.has(start)) return;
    const path = [begin(start)];
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const needed = step.needs[step.next];
      step.next += 1;
      if (needed === undefined) {
        path.pop();
        const above = path.at(-1);
        if (above) lower(above.id, low.get(step.id) as number);
        const before = units.length;
        end(step, isFirst);
        if (units.length > before) isFirst = false;
      } else if (!index.has(needed)) path.push(begin(needed));
      else if (isOpen.has(needed)) lower(step.id, index.get(needed) as number);
    }
  };

  for (const node of starts) {
    // Where the node begins, even if that is something it needs.
    isFirst = true;
    for (const start of node) visit(start);
    isFirst = false;
    for (let next = waiting.next(); next !== undefined; next = waiting.next()) visit(next);
  }
  // Those that wait for one another.
  for (const id of followers) visit(id);
  return units;
}

/** Resources that nothing has to be drawn for, until all that they need is there. */
class Waiting {
  private readonly left = new Map<string, number>();
  private readonly for = new Map<string, string[]>();
  private ready: string[] = [];

  constructor(followers: readonly string[], needsOf: (id: string) => readonly string[]) {
    for (const id of followers) {
      const needs = needsOf(id);
      this.left.set(id, needs.length);
      if (needs.length === 0) this.ready.push(id);
      for (const needed of needs) {
        const known = this.for.get(needed);
        if (known) known.push(id);
        else this.for.set(needed, [id]);
      }
    }
  }

  over(ids: readonly string[]): void {
    for (const id of ids) {
      for (const follower of this.for.get(id) ?? []) {
        const left = (this.left.get(follower) as number) - 1;
        this.left.set(follower, left);
        if (left === 0) this.ready.push(follower);
      }
    }
  }

  next(): string | undefined {
    return this.ready.shift();
  }
}
