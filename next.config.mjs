// The content security policy depends on the environment that the server is started in: proxy.ts.
const headers = [
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
