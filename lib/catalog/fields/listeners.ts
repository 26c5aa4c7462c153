import * as z from "zod";

/** Where a listener's certificate comes from: a template parameter (the default) or a fixed ARN. */
const certificate = z
  .discriminatedUnion("from", [
    z.strictObject({ from: z.literal("parameter") }),
    z.strictObject({
      from: z.literal("arn"),
      arn: z.string().meta({ label: "Certificate ARN", placeholder: "arn:aws:acm:…:certificate/…" }),
    }),
  ])
  .optional()
  .meta({
    label: "Certificate",
    help: "AWS Certificate Manager. A parameter is asked for when the template is deployed.",
  });

/** A list of listeners; `protocols` is what this type of load balancer speaks. */
export const listeners = <P extends readonly [string, ...string[]]>(
  protocols: P,
  initial: { port: number; protocol: P[number] },
) =>
  z
    .array(
      z.strictObject({
        port: z.int().meta({ label: "Port" }),
        protocol: z.enum(protocols).meta({ label: "Protocol" }),
        certificate,
      }),
    )
    .default([initial])
    .meta({ label: "Listeners" });

/** Listeners of an Application Load Balancer may also redirect to HTTPS instead of forwarding. */
export const albListeners = z
  .array(
    z.strictObject({
      port: z.int().meta({ label: "Port" }),
      protocol: z.enum(["HTTP", "HTTPS"]).meta({ label: "Protocol" }),
      certificate,
      redirectToHttps: z.boolean().optional().meta({
        label: "Redirect to HTTPS",
        help: "Answers every request with a 301 to the same address on HTTPS 443.",
      }),
    }),
  )
  .default([{ port: 80, protocol: "HTTP" }])
  .meta({ label: "Listeners" });
