"use client";

import { useStore, ViewportPortal } from "@xyflow/react";
import { type CSSProperties, useEffect, useRef } from "react";
import { kindOf } from "@/lib/catalog";
import { type Point, pathOf, type Side } from "@/lib/model/drawing/lines";
import { routeOne } from "@/lib/model/drawing/routes";
import { KindIcon } from "../ui/kind-icon";
import { kindsFor, placeAndJoin } from "./connecting";
import { FAR, NEAR } from "./crowd";
import { useTransient } from "./transient";

/** The line of a connection being dragged, and beside the pointer what it would do or why it cannot be. */
export function GestureLine() {
  const gesture = useTransient((state) => state.gesture);
  if (!gesture) return null;
  const { start, side, at, over, answers, screen } = gesture;
  const answer = over === undefined ? undefined : answers.get(over);
  const anchor = ({ x, y }: Point, sides: readonly Side[]) => {
    const rect = { x, y, w: 0, h: 0 };
    return { card: rect, rect, sides };
  };
  const path = pathOf(routeOne({ from: anchor(start, [side]), to: anchor(at, ["left", "right", "top", "bottom"]) }));
  const verdict = answer ? (answer.ok ? "may" : "mayNot") : "open";
  return (
    <>
      <ViewportPortal>
        <svg className="gesture" data-verdict={verdict} aria-hidden="true">
          <path d={path} />
        </svg>
      </ViewportPortal>
      {answer ? (
        <div className="gesture-says" data-verdict={verdict} role="status" style={beside(screen)}>
          <span aria-hidden="true">{answer.ok ? "✓" : "✕"}</span>
          <p>
            {answer.ok
              ? [answer.turn, answer.effect].filter(Boolean).join(" ")
              : `${stop(answer.reason)} ${stop(answer.instead)}`}
          </p>
        </div>
      ) : null}
    </>
  );
}

const stop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Beside the pointer, on the side where there is room. */
function beside({ x, y }: { x: number; y: number }): CSSProperties {
  const right = x + 360 > window.innerWidth;
  const low = y + 140 > window.innerHeight;
  return {
    ...(right ? { right: window.innerWidth - x + 16 } : { left: x + 16 }),
    ...(low ? { bottom: window.innerHeight - y + 16 } : { top: y + 16 }),
  };
}

/** Lines that show what dragged cards are in line with. */
export function Guides() {
  const guides = useTransient((state) => state.guides);
  const zoom = useStore((state) => state.transform[2]);
  if (guides.length === 0) return null;
  return (
    <ViewportPortal>
      <svg className="guides" aria-hidden="true" strokeWidth={1 / zoom}>
        {guides.map(({ axis, at, from, to }) => (
          <path key={axis} d={axis === "x" ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}`} />
        ))}
      </svg>
    </ViewportPortal>
  );
}

/** Why the box under the pointer does not take what is being dragged. */
export function DropSays() {
  const says = useTransient((state) => state.dropSays);
  return says === "" ? null : (
    <p className="drop-says" role="status">
      {says}
    </p>
  );
}

/** A connection dropped on empty canvas: kinds that could stand there. */
export function OfferMenu() {
  const offer = useTransient((state) => state.offer);
  const menu = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!offer) return;
    menu.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const away = (event: PointerEvent) => {
      if (!menu.current?.contains(event.target as Node)) close();
    };
    window.addEventListener("pointerdown", away, true);
    return () => window.removeEventListener("pointerdown", away, true);
  }, [offer]);
  if (!offer) return null;
  const kinds = kindsFor(offer.from);
  const step = (by: number) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    items[(at + by + items.length) % items.length]?.focus();
  };
  return (
    <div
      ref={menu}
      className="offer appear"
      role="menu"
      tabIndex={-1}
      aria-label="Add and connect"
      style={beside(offer.screen)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") close();
        if (event.key === "ArrowDown") step(1);
        if (event.key === "ArrowUp") step(-1);
      }}
    >
      <p className="offer-title">{kinds.length === 0 ? "Nothing connects to this from here." : "Add and connect"}</p>
      {kinds.map((kind) => (
        <button
          key={kind}
          type="button"
          role="menuitem"
          onClick={() => {
            close();
            placeAndJoin(offer, kind);
          }}
        >
          <KindIcon kind={kind} size={18} />
          {kindOf(kind).label}
        </button>
      ))}
    </div>
  );
}

const close = (): void => useTransient.setState({ offer: undefined });

/** Detail by zoom, as one attribute on the canvas that the style sheet reads: no card is drawn anew. */
export function ZoomAttribute({ target }: { target: { current: HTMLElement | null } }) {
  const level = useStore(({ transform: [, , zoom] }) => (zoom < FAR ? "far" : zoom < NEAR ? "mid" : "near"));
  // Units of the drawing for a pixel, in few steps: not with every turn of the wheel.
  const pixel = useStore(({ transform: [, , zoom] }) =>
    zoom < FAR ? 1.25 ** Math.ceil(Math.log(1 / zoom) / Math.log(1.25)) : 1,
  );
  useEffect(() => {
    if (!target.current) return;
    target.current.dataset.zoom = level;
    target.current.style.setProperty("--pixel", `${pixel}px`);
  }, [level, pixel, target]);
  return null;
}
