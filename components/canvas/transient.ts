import { create } from "zustand";
import { endpoint } from "@/lib/document/document";
import type { Point, Side } from "@/lib/model/drawing/lines";
import type { Connection } from "@/lib/rules/connection";
import type { Guide } from "./guides";

/** A connection that is being dragged. */
export interface Gesture {
  /** NODE or NODE/CONTAINER. */
  from: string;
  start: Point;
  side: Side;
  /** The pointer, in canvas units and on the screen. */
  at: Point;
  screen: Point;
  over: string | undefined;
  /** What connecting to each node and row would do, or why it cannot be. */
  answers: ReadonlyMap<string, Connection>;
}

/** A connection dropped on empty canvas: what could stand there is offered. */
export interface Offer {
  from: string;
  at: Point;
  screen: Point;
}

/** What only the canvas knows, and only for a moment. Cards read their own part, so that a moving pointer draws one card anew. */
interface Transient {
  hovered: string | undefined;
  /** The line under the pointer, where lines are too many to be elements. */
  wire: string | undefined;
  gesture: Gesture | undefined;
  offer: Offer | undefined;
  guides: readonly Guide[];
  /** The box that would take what is being dragged. */
  dropBox: string | undefined;
  /** Why a box under the pointer does not take it. */
  dropSays: string;
}

export const useTransient = create<Transient>()(() => ({
  hovered: undefined,
  wire: undefined,
  gesture: undefined,
  offer: undefined,
  guides: [],
  dropBox: undefined,
  dropSays: "",
}));

export type Reception = "may" | "mayNot" | "self" | undefined;

/** How an end looks while a connection is being dragged; undefined when none is. */
export function receptionOf(gesture: Gesture | undefined, end: string): Reception {
  if (!gesture) return undefined;
  if (endpoint(gesture.from).node === endpoint(end).node && !gesture.answers.get(end)?.ok) return "self";
  const answer = gesture.answers.get(end);
  return answer?.ok ? "may" : "mayNot";
}
