const developing = process.env.NODE_ENV === "development";

// Nothing is fetched from or sent to another host, whatever a design says. Next writes its page data as inline scripts
// and React Flow positions by inline styles, so both stay allowed; evaluating text does not, except by Next's own
// development tools. Layout runs in a worker that may be made from a blob.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${developing ? " 'unsafe-eval'" : ""}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  `connect-src 'self'${developing ? " ws:" : ""}`,
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const headers = [
  { key: "Content-Security-Policy", value: contentSecurityPolicy },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=(), payment=(), usb=()" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
];

/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` and `npm run e2e` leave the types to tsc, which the tests run by itself and over everything.
  typescript: { ignoreBuildErrors: process.env.BAYPLAN_TYPES === "checked by tsc" },
  headers: async () => [{ source: "/:path*", headers }],
};
