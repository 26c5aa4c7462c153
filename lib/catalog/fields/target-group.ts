import * as z from "zod";

/** Health check of a target group. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const targetHealthCheck = z
  .strictObject({
    path: z.string().optional().meta({ label: "Path", placeholder: "/" }),
    port: z.string().optional().meta({ label: "Port", placeholder: "traffic-port", advanced: true }),
    protocol: z.enum(["HTTP", "HTTPS", "TCP"]).optional().meta({ label: "Protocol", advanced: true }),
    matcher: z.string().optional().meta({ label: "Success codes", placeholder: "200" }),
    interval: z.int().optional().meta({ label: "Interval", unit: "s", placeholder: "30" }),
    timeout: z.int().optional().meta({ label: "Timeout", unit: "s", placeholder: "5" }),
    healthyThreshold: z.int().optional().meta({ label: "Healthy threshold", placeholder: "5", advanced: true }),
    unhealthyThreshold: z.int().optional().meta({ label: "Unhealthy threshold", placeholder: "2", advanced: true }),
  })
  .prefault({})
  .meta({ label: "Health check" });
