import { describe, expect, it } from "vitest";
import { draw } from "../testing/draw";
import { fargateWeb } from "../testing/presets";
import { random } from "../testing/random";
import { decodeLink, encodeLink, isDesignLink } from "./link";

const design = draw((draft) => {
  fargateWeb(draft);
});

describe("share link", () => {
  it("carries the whole design and nothing else", async () => {
    const back = await decodeLink(`#${await encodeLink(design)}`);
    expect(back).toEqual({ ok: true, value: design });
  });

  it("keeps emoji and quotes in names", async () => {
    const odd = { ...design, name: '“Ünïcode” 🚢 <script>"quoted"</script>' };
    const back = await decodeLink(await encodeLink(odd));
    expect(back.ok && back.value.name).toBe(odd.name);
  });

  it("stays under 1,500 characters for a small web service", async () => {
    expect((await encodeLink(design)).length).toBeLessThan(1500);
  });

  it.each([
    ["cut short", (link: string) => link.slice(0, link.length - 20)],
    ["changed on the way", (link: string) => `${link.slice(0, 60)}AAAA${link.slice(64)}`],
    ["broken by a mailer", (link: string) => `${link.slice(0, 40)} ${link.slice(40)}`],
    ["empty", () => "#design=1."],
    ["of a newer encoding", (link: string) => link.replace("=1.", "=9.")],
  ])("says in a sentence when a link is %s", async (_name, damage) => {
    const back = await decodeLink(damage(`#${await encodeLink(design)}`));
    expect(back.ok).toBe(false);
    if (!back.ok) expect(back.problems[0]?.message).toMatch(/^[A-Z“].*\.$/);
  });

  it("never shows another design when one character was changed on the way", async () => {
    const link = await encodeLink(design);
    const dice = random(3);
    for (let round = 0; round < 200; round += 1) {
      const at = dice.int("design=1.".length, link.length - 1);
      const other = dice.pick([..."ABCDEFxyz0189-_"].filter((letter) => letter !== link[at]));
      const back = await decodeLink(`#${link.slice(0, at)}${other}${link.slice(at + 1)}`);
      if (back.ok) expect(back.value).toEqual(design);
    }
  });

  it("does not unfold a bomb", async () => {
    const zeros = new Blob([new Uint8Array(20_000_000)]).stream().pipeThrough(new CompressionStream("deflate"));
    const packed = Buffer.from(await new Response(zeros).arrayBuffer()).toString("base64url");
    const back = await decodeLink(`#design=1.${packed}`);
    expect(back.ok).toBe(false);
    if (!back.ok) expect(back.problems[0]?.message).toContain("far more than any design holds");
  });

  it("knows its own links", () => {
    expect(isDesignLink("#design=1.abc")).toBe(true);
    expect(isDesignLink("#section")).toBe(false);
  });
});
