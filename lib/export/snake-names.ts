/** "OrdersQueue" → "orders_queue": letters, digits and underscores, as Terraform's style has it. */
export const snake = (id: string): string =>
  id
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .toLowerCase()
    .replace(/^(?=\d|$)/, "_");

/** Gives each id a name that no other has. */
export class Names {
  private readonly taken = new Set<string>();
  private readonly known = new Map<string, string>();

  /** The same id always has the same name. */
  of(id: string): string {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const base = snake(id);
    let name = base;
    for (let number = 2; this.taken.has(name); number += 1) name = `${base}_${number}`;
    this.taken.add(name);
    this.known.set(id, name);
    return name;
  }
}
