import { expect, test } from "@playwright/test";

test("every answer forbids framing, sniffing, referrers and hosts that nothing is pushed to", async ({ request }) => {
  for (const path of ["/", "/no-such-page", "/icons/bayplan.svg"]) {
    const headers = (await request.get(path)).headers();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const connect = /connect-src ([^;]*)/.exec(headers["content-security-policy"] ?? "")?.[1]?.split(" ");
    const local = `http://127.0.0.1:${process.env.E2E_GIT_PORT}`;
    expect(connect).toEqual(["'self'", "https://api.github.com", "https://gitlab.com", local]);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});
