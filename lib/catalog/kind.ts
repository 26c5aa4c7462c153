import type * as z from "zod";
import type { AwsDocsUrl } from "../aws/docs";
import type { IconName } from "./icons";

/** Palette groups, in the order they are shown. */
export const paletteGroups = [
  "Traffic",
  "Compute",
  "Images",
  "Storage",
  "Events",
  "Configuration",
  "Network",
  "Other",
] as const;
export type PaletteGroup = (typeof paletteGroups)[number];

/** Kinds that hold other nodes. The catalog test holds this list against the `box` flags. */
export type BoxKind = "vpc" | "cluster";

/** What a new node can know of the place it is dropped on. */
export interface Surroundings {
  /** Kind of the box it lands in, if any. */
  parent?: BoxKind;
  /** True when the surrounding cluster has EC2 capacity and no service on Fargate. */
  ec2: boolean;
  /** The name the new node will have. */
  name: string;
}

/** One line of a card that has its own place to connect: a container of a task definition. */
export interface CardRow {
  id: string;
  title: string;
  lines: readonly string[];
}

/** Everything true of a kind before any back end sees it. One file per kind in `kinds/`. */
export interface KindDef<P extends z.ZodObject = z.ZodObject> {
  /** AWS's name: "Application Load Balancer". */
  label: string;
  /** Short name for cards, edges and sentences: "ALB". */
  short: string;
  /** One sentence for palette and help. */
  about: string;
  group: PaletteGroup;
  icon: IconName;
  docs: AwsDocsUrl;
  /** What people type when they look for it. */
  keywords: readonly string[];
  /** Strict object; every field carries `.meta({ label, help?, unit?, advanced?, reference? })`. */
  props: P;
  /** Properties of a new node, as sensible where it is dropped. Unset fields keep their defaults. */
  initial(near: Surroundings): z.input<P>;
  /** Boxes it may live in. Every node may also lie outside all boxes. */
  within: readonly BoxKind[];
  /** Drawn as a box that holds other nodes. */
  box: boolean;
  /** Size in canvas units: of the card, or of a new box. Cards with rows grow by `rowHeight` each. */
  size: { w: number; h: number };
  /** Lines on the card, most important first. */
  summary(props: z.output<P>): readonly string[];
  /** Rows with their own place to connect. */
  rows?(props: z.output<P>): readonly CardRow[];
  /** False for what means nothing to AWS (internet, note): it lowers to no resource and is never priced. */
  deployable: boolean;
}

/** Height of one card row in canvas units. */
export const rowHeight = 40;

/** Ties a kind's parts to its own schema and keeps the precise type for the catalog. */
export const defineKind = <P extends z.ZodObject>(definition: KindDef<P>): KindDef<P> => definition;
