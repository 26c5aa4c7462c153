/** How long the browser may take to report what it blocked after the request failed. */
const REPORT_MS = 250;

const blocked = new Set<string>();

/** Notes origins that this page's policy does not let it talk to; the failed request itself does not say why. */
if (typeof document !== "undefined")
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective === "connect-src" && URL.canParse(blockedURI)) blocked.add(new URL(blockedURI).origin);
  });

/** True when a request to this address was stopped by the page's own policy. */
export async function wasBlocked(url: string): Promise<boolean> {
  const { origin } = new URL(url);
  if (!blocked.has(origin)) await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
  return blocked.has(origin);
}
