"use client";

import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import type { EdgeStyle } from "@/lib/catalog/relation";
import type { Mode } from "@/lib/editor/state";
import { type Label, labelLines } from "@/lib/model/drawing/labels";
import { headOf } from "@/lib/model/drawing/lines";
import type { Verdict } from "@/lib/network/flow";
import { useTheme } from "../editor/theme";
import { extentOf, FAR, HALO, NEAR, widthOf } from "./crowd";
import type { WireView } from "./projection";
import { placed } from "./wire-place";

const dashes = { traffic: [], data: [7, 4], event: [1.5, 4.5], thin: [] } as const satisfies Record<
  EdgeStyle,
  readonly number[]
>;
const verdictTokens = { open: "--good", blocked: "--error", unknowable: "--ink-3" } as const satisfies Record<
  Verdict,
  string
>;
const severityTokens = { error: "--error", warning: "--warning", info: undefined } as const;

/** All lines of a large drawing on one canvas under the cards: a thousand elements would cost most of the frames. */
export function CrowdLayer({
  wires,
  mode,
  without,
}: {
  wires: readonly WireView[];
  mode: Mode;
  without: ReadonlySet<string>;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const theme = useTheme();
  useEffect(() => {
    const target = canvas.current;
    const context = target?.getContext("2d");
    if (!target || !context) return;
    const colours = coloursOf(target, theme);
    const paths = new WeakMap<object, { line: Path2D; head: Path2D }>();
    const shapes = (key: object, path: string, head: string) => {
      const known = paths.get(key) ?? { line: new Path2D(path), head: new Path2D(head) };
      paths.set(key, known);
      return known;
    };
    // What is blocked lies over what is not.
    const inOrder = [...wires].sort((a, b) => Number(a.verdict === "blocked") - Number(b.verdict === "blocked"));
    const draw = () => {
      const { transform, width, height, nodeLookup } = store.getState();
      const [x, y, zoom] = transform;
      const dense = window.devicePixelRatio || 1;
      if (target.width !== Math.round(width * dense) || target.height !== Math.round(height * dense)) {
        target.width = Math.round(width * dense);
        target.height = Math.round(height * dense);
      }
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, target.width, target.height);
      context.setTransform(zoom * dense, 0, 0, zoom * dense, x * dense, y * dense);
      const view = { x: -x / zoom, y: -y / zoom, w: width / zoom, h: height / zoom };
      const off = (id: string, rect: { x: number; y: number }) => {
        const at = nodeLookup.get(id)?.internals.positionAbsolute ?? rect;
        return { x: Math.round(at.x - rect.x), y: Math.round(at.y - rect.y) };
      };
      const fonts = fontsOf(mode, zoom);
      context.textAlign = "center";
      context.textBaseline = "middle";
      const said: { wire: WireView; label: Omit<Label, "text"> }[] = [];
      for (const wire of inOrder) {
        if (without.has(wire.id)) continue;
        const place = placed(wire, off(wire.from, wire.fromRect), off(wire.to, wire.toRect));
        const extent = extentOf(place.points);
        const seen =
          extent.x < view.x + view.w &&
          extent.x + extent.w > view.x &&
          extent.y < view.y + view.h &&
          extent.y + extent.h > view.y;
        if (!seen) continue;
        const [before, end] = [place.points.at(-2), place.points.at(-1)];
        const { line, head } = shapes(place.points, place.path, before && end ? headOf(before, end) : "");
        const colour = colours(wire, mode);
        context.globalAlpha = alphaOf(wire, mode, zoom);
        context.strokeStyle = colour;
        context.fillStyle = colour;
        context.lineWidth = widthOf(wire, zoom);
        context.setLineDash(zoom < 0.15 ? [] : [...dashes[wire.style]]);
        context.stroke(line);
        if (zoom >= 0.15) context.fill(head);
        if (zoom < FAR || !place.label?.free || wire.text === "" || alphaOf(wire, mode, zoom) < 1) continue;
        said.push({ wire, label: place.label });
      }
      // Words lie over all lines, so that none runs through them.
      context.globalAlpha = 1;
      context.setLineDash([]);
      context.lineJoin = "round";
      context.lineWidth = HALO;
      context.strokeStyle = colours.ground;
      for (const { wire, label } of said) {
        const lines = labelLines({ ...label, text: zoom < NEAR ? (wire.brief ?? wire.text) : wire.text });
        context.fillStyle = mode === "flows" && wire.verdict ? colours(wire, mode) : colours.words(wire);
        for (const [at, { text, x: left, y: top }] of lines.entries()) {
          context.font = at === 0 ? fonts.first : fonts.below;
          context.strokeText(text, left, top);
          context.fillText(text, left, top);
        }
      }
    };
    let frame = 0;
    const soon = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(draw);
    };
    draw();
    const stop = store.subscribe(soon);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [wires, mode, without, store, theme]);
  return <canvas ref={canvas} className="crowd" />;
}

/** As wires.css and zoom.css have it for lines that are elements. */
function fontsOf(mode: Mode, zoom: number): { first: string; below: string } {
  const family = "system-ui, sans-serif";
  const weight = mode === "flows" || mode === "cost" ? 600 : 400;
  return { first: `${weight} ${zoom < NEAR ? 14 : 12}px ${family}`, below: `11px ${family}` };
}

/** What carries no packet steps back in Flows, what costs nothing in Cost; while a way is traced, all that is not on it. */
function alphaOf({ verdict, traced, money }: WireView, mode: Mode, zoom: number): number {
  if (mode === "cost") return money ? 1 : 0.4;
  if (mode !== "flows" || traced) return 1;
  if (traced === false) return 0.2;
  // From afar what is open is most of it, and what is blocked is looked for.
  return verdict === "open" && zoom < FAR ? 0.5 : verdict ? 1 : 0.3;
}

/** Tokens as colours that a canvas understands: read through an element, so that `light-dark()` is resolved. */
function coloursOf(element: HTMLElement, _theme: string) {
  // A change of colour that glides, however shortly, is read as the colour that was.
  element.style.setProperty("transition", "none", "important");
  const resolve = (token: string): string => {
    element.style.color = `var(${token})`;
    return getComputedStyle(element).color;
  };
  const known = new Map(
    [
      "--edge-traffic",
      "--edge-data",
      "--edge-event",
      "--edge-thin",
      "--edge-label",
      "--error",
      "--warning",
      "--good",
      "--ink",
      "--ink-3",
      "--canvas",
    ].map((token) => [token, resolve(token)] as const),
  );
  const colour = (token: string): string => known.get(token) ?? "gray";
  const of = (wire: WireView, mode: Mode): string => {
    if (mode === "flows" && wire.verdict) return colour(verdictTokens[wire.verdict]);
    return colour((wire.badge && severityTokens[wire.badge.severity]) ?? `--edge-${wire.style}`);
  };
  const words = ({ money }: WireView): string => colour(money ? (money.unknown ? "--ink-3" : "--ink") : "--edge-label");
  return Object.assign(of, { ground: colour("--canvas"), words });
}
