import { clip } from "../core/text";
import type { Scenario } from "../document/document";
import type { Model, ModelNode } from "../model/model";
import type { ResourceType } from "../stack/resource-types";
import type { Known as KnownResource, Resource, Stack } from "../stack/stack";
import { Account, type Charge, price, unitOf } from "./charge";
import type { Cost, CostLine, FreeResource } from "./cost";
import type { EstimateOptions } from "./estimate";
import { freeTier } from "./free-tier";
import { type Runner, runnersOf } from "./outbound/runners";
import { Exits } from "./outbound/ways";
import type { Packing } from "./packing";
import type { PriceBook } from "./prices";
import { messagesOf } from "./resources/messages";
import { type RunningTasks, runningOf } from "./running";
import { type Traffic, trafficOf } from "./traffic";
import { assumedInWords, assumedOf, assumption, isKnown, type Known, type UsageName, usageKey, usageOf } from "./usage";

interface Owner {
  node: string | null;
  edge: string | null;
  resource: string;
}

/** AWS as a whole bills some ten billion dollars a month: so much in one line is a slip of the finger. */
const ABSURD_DOLLARS = 1e9;
const TOO_MUCH =
  "It would come to more than a billion dollars a month. Look at its settings and its figures of use for a zero too many.";

/** Collects the lines of one estimate. A cell of the tables of resources and edges writes to it. */
export class Ledger {
  readonly lines: CostLine[] = [];
  readonly unknown: Cost["unknown"] = [];
  readonly free: FreeResource[] = [];
  readonly packings: Packing[] = [];
  /** The figures that were asked of each node and edge, in the order of asking. */
  readonly questions = new Map<string, Set<UsageName>>();
  /** What follows from the rest of the design where the person gave no figure, by "OWNER FIGURE". */
  readonly derived = new Map<string, number>();
  /** Charges that are made already: a figure is asked of a node or edge, however many resources it makes. */
  private readonly made = new Set<string>();
  private readonly account: Account;
  private owner: Owner = { node: null, edge: null, resource: "" };
  private loads: Traffic | undefined;
  private ways: Exits | undefined;
  private all: Runner[] | undefined;
  private started: Map<string, Runner[]> | undefined;
  private readonly running = new Map<string, RunningTasks | undefined>();
  private types: Map<string, Resource[]> | undefined;

  constructor(
    readonly model: Model,
    readonly stack: Stack,
    readonly prices: PriceBook | null,
    private readonly options: EstimateOptions,
  ) {
    this.account = new Account(options.freeTier ? freeTier() : undefined);
  }

  get scenario(): Scenario {
    return this.options.scenario;
  }

  /** The resources of one type, in logical id order. Many ask, and a look at each resource of a large stack is dear. */
  resourcesOf<K extends ResourceType>(type: K): readonly KnownResource<K>[] {
    if (!this.types) {
      this.types = new Map();
      for (const resource of Object.values(this.stack.resources)) {
        if (resource.raw) continue;
        const list = this.types.get(resource.type);
        if (list) list.push(resource);
        else this.types.set(resource.type, [resource]);
      }
    }
    return (this.types.get(type) ?? []) as KnownResource<K>[];
  }

  /** What flows over each balancer, service and edge. */
  get traffic(): Traffic {
    this.loads ??= trafficOf(this.model, this);
    return this.loads;
  }

  /** Messages of a queue or a topic a month. */
  messagesOf(node: ModelNode): Known {
    return messagesOf(this, node);
  }

  /** Which way data leaves the subnets of the stack. */
  get exits(): Exits {
    this.ways ??= new Exits(this);
    return this.ways;
  }

  /** All places that start tasks. */
  get allRunners(): readonly Runner[] {
    this.all ??= runnersOf(this);
    return this.all;
  }

  /** Places that start the tasks of a definition. */
  runners(definition: string): readonly Runner[] {
    if (!this.started) {
      this.started = new Map();
      for (const runner of this.allRunners) {
        const { id } = runner.definition;
        this.started.set(id, [...(this.started.get(id) ?? []), runner]);
      }
    }
    return this.started.get(definition) ?? [];
  }

  /** The tasks that a service runs on average; undefined where it does not say how many, and for a daemon. */
  tasksOf(service: ModelNode<"service">): RunningTasks | undefined {
    if (!this.running.has(service.id)) this.running.set(service.id, runningOf(service, this));
    return this.running.get(service.id);
  }

  /** Charges that follow belong to the node or edge this resource comes from. */
  open(resource: Resource): void {
    const origin = resource.origins[""]?.[0];
    this.owner = {
      node: origin?.node ?? null,
      edge: origin?.node === undefined ? (origin?.edge ?? null) : null,
      resource: resource.id,
    };
  }

  /** Charges that follow belong to this edge. */
  openEdge(id: string): void {
    this.owner = { node: null, edge: id, resource: "" };
  }

  /** Charges that follow belong to this node itself. */
  openNode(id: string): void {
    this.owner = { node: id, edge: null, resource: "" };
  }

  /** Writes a charge: a line for each tier that its quantity reaches, or why it has no price. */
  add(charge: Charge): void {
    const { priced, unpriced } = price(charge, this.prices, this.model.region, this.account);
    const dollars = priced.reduce((sum, { amount }) => sum + amount, 0);
    if (dollars > ABSURD_DOLLARS) {
      const [first] = priced;
      this.miss(charge.item, first?.unit ?? "units", charge.quantity, TOO_MUCH);
      return;
    }
    for (const part of priced) this.lines.push(Object.assign(part, this.owner));
    for (const { item, unit, quantity, why } of unpriced) this.miss(item, unit, quantity, why);
  }

  addAll(charges: readonly Charge[]): void {
    for (const charge of charges) this.add(charge);
  }

  /**
   * A charge that depends on use, once for each node or edge: its figure is the sum over all that it creates. `derive`
   * stands in for the default when the person says nothing.
   */
  use(key: UsageName, charge: (quantity: number) => Charge, derive?: () => Known | undefined): void {
    const figure = this.figure(key, derive);
    const made = charge(isKnown(figure) ? figure.value : 0);
    this.once(made.item, () => this.addMade(figure, made));
  }

  /** A charge for a figure, or why there is none. */
  addKnown(figure: Known, charge: (quantity: number) => Charge): void {
    this.addMade(figure, charge(isKnown(figure) ? figure.value : 0));
  }

  private addMade(figure: Known, made: Charge): void {
    if (isKnown(figure)) this.add(figure.assumed.length === 0 ? made : { ...made, ...assumption(figure.assumed) });
    else this.miss(made.item, unitText(made, this.prices), 0, figure.why);
  }

  /** Does something only the first time that the same node or edge asks for it. */
  once(item: string, charge: () => void): void {
    const key = `${this.owner.node ?? this.owner.edge} ${item}`;
    if (this.made.has(key)) return;
    this.made.add(key);
    charge();
  }

  /** The figure of the node or edge that owns the charge: the person's, else the derived one, else the default. */
  figure(key: UsageName, derive?: () => Known | undefined): Known {
    return this.figureOf(this.owner.node ?? this.owner.edge ?? "", key, derive);
  }

  /** The same of any node or edge. */
  figureOf(owner: string, key: UsageName, derive?: () => Known | undefined): Known {
    const given = this.given(owner, key);
    if (given) return given;
    this.ask(owner, key);
    const derived = derive?.();
    if (derived) {
      if (isKnown(derived)) this.derived.set(`${owner} ${key}`, derived.value);
      return derived;
    }
    const value = assumedOf(key, this.scenario);
    if (value === undefined) return { why: `Depends on use: say “${usageKey(key).label}” in its usage.` };
    return { value, assumed: [assumedInWords(key, this.scenario, value)] };
  }

  /** What the person said, where nothing is asked or assumed otherwise: figures that newer questions stand in for. */
  given(owner: string, key: UsageName): Known | undefined {
    const given = usageOf(this.model.document.usage.scenarios, this.scenario, owner, key);
    if (!given) return undefined;
    this.ask(owner, key);
    if ("problem" in given) return { why: given.problem };
    if (!given.typical || this.scenario === "typical") return { value: given.value, assumed: [] };
    return { value: given.value, assumed: [`${usageKey(key).label} as in the typical month`] };
  }

  givenHere(key: UsageName): Known | undefined {
    return this.given(this.owner.node ?? this.owner.edge ?? "", key);
  }

  /** The same, and the figure may be given: one that stands in for others and is assumed of nobody. */
  offered(key: UsageName): Known | undefined {
    this.ask(this.owner.node ?? this.owner.edge ?? "", key);
    return this.givenHere(key);
  }

  private ask(owner: string, key: UsageName): void {
    const asked = this.questions.get(owner);
    if (asked) asked.add(key);
    else this.questions.set(owner, new Set([key]));
  }

  /** Cannot be priced; stays outside the total. `stands` says how the items begin that it stands for. */
  miss(item: string, unit: string, quantity: number, why: string, stands?: readonly string[]): void {
    const { node, edge, resource } = this.owner;
    this.unknown.push({ node, edge, resource, item, unit, quantity, why, ...(stands ? { stands } : {}) });
  }

  /** Figures of use for an id that nothing has. */
  missNowhere(id: string, why: string): void {
    this.unknown.push({
      node: null,
      edge: null,
      resource: "",
      item: `Figures of use for “${clip(id, 40)}”`,
      unit: "figures",
      quantity: 1,
      why,
    });
  }

  /** Costs nothing by itself, and where AWS says so. */
  note(type: string, why: string, docs: string): void {
    const { node, edge, resource } = this.owner;
    this.free.push({ node, edge, resource, type, why, docs });
  }
}

const unitText = ({ tariff }: Charge, prices: PriceBook | null): string =>
  "sku" in tariff ? unitOf(tariff.sku, prices) : "units";
