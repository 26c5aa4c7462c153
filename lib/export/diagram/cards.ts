import { rowHeight } from "../../catalog/kind";
import { type Face, tierSigns } from "../../model/drawing/faces";
import type { Rect } from "../../model/drawing/geometry";
import type { Page } from "./page";
import { fitted, shape, widthOf, wrap } from "./text";
import { figure } from "./xml";

/** Sizes and distances of the interface: components/canvas/cards.css. */
const NAME = 13;
const SMALL = 11;
const FACTS = 11.5;
const TIER = 10;
const ROW = 12;
const ICON = { card: 32, box: 20 };

/** Inter's ascent and descent, so that lines of text stand where the interface has them. */
export const baseline = (top: number, lineHeight: number, size: number): number =>
  top + (lineHeight - size * (0.96875 + 0.2412)) / 2 + size * 0.96875;

const rect = ({ x, y, w, h }: Rect, radius: number, rest: string): string =>
  `<rect x="${figure(x)}" y="${figure(y)}" width="${figure(w)}" height="${figure(h)}" rx="${radius}" ${rest}/>`;

/** A card with its icon, name, kind, facts and rows. */
export function drawCard(page: Page, face: Face, at: Rect): void {
  const { theme } = page;
  const note = !face.deployable;
  if (!note) {
    const shade = page.isDark ? 'fill="#000000" fill-opacity="0.4"' : 'fill="#14141e" fill-opacity="0.08"';
    page.add(rect({ ...at, y: at.y + 1.5 }, 8, shade));
  }
  const inside = { x: at.x + 0.5, y: at.y + 0.5, w: at.w - 1, h: at.h - 1 };
  page.add(rect(inside, 7.5, `fill="${theme.surface}" stroke="${theme.line}"${note ? ' stroke-dasharray="3 3"' : ""}`));
  const head = at.h - face.rows.length * rowHeight;
  const left = at.x + 12 + ICON.card + 10;
  const room = at.x + at.w - 12 - left;
  const facts =
    face.kind === "note" ? wrap(face.lines.join(" · "), "regular", FACTS, room, 3) : oneFact(face.lines, FACTS, room);
  const height = 18 + 15 + 16 * facts.length;
  const fromTop = face.kind === "note";
  let top = fromTop ? at.y + 10 : at.y + (head - height) / 2;
  page.icon(face.icon, at.x + 12, fromTop ? at.y + 10 : at.y + (head - ICON.card) / 2, ICON.card);
  page.text(fitted(face.name, "bold", NAME, room), left, baseline(top, 18, NAME), NAME, theme.ink);
  top += 18;
  const kind = fitted(face.kindName, "regular", SMALL, room);
  page.text(kind, left, baseline(top, 15, SMALL), SMALL, theme.ink3);
  if (face.tier !== undefined) drawTier(page, face.tier, left + widthOf(kind, SMALL) + 6, top, at.x + at.w - 12);
  top += 15;
  for (const line of facts) {
    page.text(line, left, baseline(top, 16, FACTS), FACTS, theme.ink2);
    top += 16;
  }
  face.rows.forEach((row, index) => {
    drawRow(page, row, { x: at.x, y: at.y + head + index * rowHeight, w: at.w, h: rowHeight });
  });
}

const oneFact = (lines: readonly string[], size: number, room: number) =>
  lines.length === 0 ? [] : [fitted(lines.join(" · "), "regular", size, room)];

/** A pill with the subnet tier; it is left out where the card is too narrow for it. */
function drawTier(page: Page, tier: string, x: number, top: number, right: number): void {
  const { theme } = page;
  const words = shape(tierSigns[tier] ?? tier);
  const w = widthOf(words, TIER) + 12;
  if (x + w > right) return;
  const open = tier === "public";
  const stroke = open
    ? `stroke="${theme.good}" stroke-opacity="0.45"`
    : tier === "isolated"
      ? `stroke="${theme.lineStrong}" stroke-dasharray="3 2"`
      : `stroke="${theme.line}"`;
  page.add(rect({ x: x + 0.5, y: top + 0.5, w: w - 1, h: 14 }, 7, `fill="none" ${stroke}`));
  page.text(words, x + 6, baseline(top, 15, TIER), TIER, open ? theme.good : theme.ink2);
}

function drawRow(page: Page, row: Face["rows"][number], at: Rect): void {
  const { theme } = page;
  page.add(
    `<path d="M${figure(at.x + 1)} ${figure(at.y + 0.5)}h${figure(at.w - 2)}" stroke="${theme.line}" fill="none"/>`,
  );
  const sign = { x: at.x + 18.75, y: at.y + (at.h - 12) / 2 + 0.75, w: 14.5, h: 10.5 };
  page.add(rect(sign, 1.5, `fill="none" stroke="${theme.ink3}" stroke-width="1.5"`));
  page.add(
    `<path d="M${figure(sign.x + sign.w / 2)} ${figure(sign.y)}v${sign.h}" stroke="${theme.ink3}" fill="none"/>`,
  );
  const left = at.x + 46;
  const room = at.x + at.w - 12 - left;
  const facts = row.lines.join(" ");
  const top = at.y + (at.h - (facts === "" ? 16 : 30)) / 2;
  page.text(fitted(row.title, "bold", ROW, room), left, baseline(top, 16, ROW), ROW, theme.ink);
  if (facts !== "") {
    page.text(fitted(facts, "regular", SMALL, room), left, baseline(top + 16, 14, SMALL), SMALL, theme.ink3);
  }
}

/** A VPC or cluster: a quiet frame with a title. */
export function drawBox(page: Page, face: Face, at: Rect, ground: string): void {
  const { theme } = page;
  const frame =
    face.kind === "vpc"
      ? `stroke="${theme.ink3}" stroke-opacity="0.55" stroke-width="1.5" stroke-dasharray="4.5 3"`
      : `stroke="${theme.lineStrong}"`;
  page.add(rect(at, 12, `fill="${ground}" ${frame}`));
  page.icon(face.icon, at.x + 10, at.y + 6, ICON.box);
  const middle = at.y + 16;
  let x = at.x + 10 + ICON.box + 8;
  const right = at.x + at.w - 12;
  const kind = shape(face.kindName);
  const name = fitted(face.name, "bold", NAME, Math.max(0, right - x - 8 - widthOf(kind, SMALL)));
  page.text(name, x, baseline(middle - 9, 18, NAME), NAME, theme.ink);
  x += widthOf(name, NAME) + 8;
  page.text(kind, x, baseline(middle - 7.5, 15, SMALL), SMALL, theme.ink3);
  x += widthOf(kind, SMALL) + 8;
  if (face.lines.length === 0 || right - x - 8 < 40) return;
  page.add(`<path d="M${figure(x + 0.5)} ${figure(middle - 8)}v16" stroke="${theme.line}" fill="none"/>`);
  const facts = fitted(face.lines.join(" · "), "regular", SMALL, right - x - 9);
  page.text(facts, x + 9, baseline(middle - 8, 16, SMALL), SMALL, theme.ink3);
}

/** What a screen reader says of a card: its name, kind and facts. */
export const titleOf = ({ name, kindName, tier, lines, rows }: Face): string =>
  [
    `${name} (${kindName})`,
    tier === undefined ? "" : (tierSigns[tier] ?? tier),
    ...lines,
    ...rows.map((row) => [row.title, ...row.lines].join(" ")),
  ]
    .filter((part) => part !== "")
    .join(" · ");
