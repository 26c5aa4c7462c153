import type { Model, ModelEdge } from "../../model/model";
import type { Hop } from "../flow";
import type { Network } from "../interfaces";
import type { Places } from "../places";

/** The stack as walks read it. */
export interface Ground {
  network: Network;
  places: Places;
}

/** What every walk along a drawn edge is given. The model says what was drawn; all answers come from the stack. */
export interface Trip extends Ground {
  model: Model;
}

/** The hops of one edge. Never empty: what cannot be said is a hop too. */
export type Walk<E extends ModelEdge = ModelEdge> = (trip: Trip, edge: E) => readonly Hop[];
