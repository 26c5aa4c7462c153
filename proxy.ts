import { NextResponse } from "next/server";
import { allowedOrigins } from "@/lib/export/repository/hosts/allowed";

const developing = process.env.NODE_ENV === "development";
const { origins, refused } = allowedOrigins(process.env.BAYPLAN_GIT_HOSTS);
for (const sentence of refused) console.error(sentence);

// Nothing is fetched from another host, and nothing sent to one but what a person pushes to a Git host with a token of
// their own, whatever a design says. Next writes its page data as inline scripts and React Flow positions by inline
// styles, so both stay allowed; evaluating text does not, except by Next's own development tools. Layout runs in a worker
// that may be made from a blob.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${developing ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self' ${origins.join(" ")}${developing ? " ws:" : ""}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/** Sets the one header that depends on where this server runs; the others stand in next.config.mjs, which is built in. */
export function proxy(): NextResponse {
  const response = NextResponse.next();
  response.headers.set("Content-Security-Policy", contentSecurityPolicy);
  return response;
}
