import { clip } from "../../core/text";
import type { Edit } from "../../document/edits/edit";
import { defineRule } from "../rule";
import { balancersOf } from "./forwards";

/** Protocols whose listener terminates TLS. */
/** A certificate of AWS Certificate Manager, or a server certificate of IAM. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Certificate.html */
const CERTIFICATE =
  /^arn:[a-z-]+:(acm:[a-z0-9-]+:\d{12}:certificate\/[A-Za-z0-9-]+|iam::\d{12}:server-certificate\/\S+)$/;
const ENCRYPTED = new Set(["HTTPS", "TLS", "SSL"]);

export const listenerCertificate = defineRule({
  id: "ECS-LB-008",
  severity: "error",
  title: "HTTPS or TLS listener without a certificate",
  why: "A listener that terminates TLS needs a certificate, and one that does not may have none. Elastic Load Balancing refuses it otherwise.",
  docs: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  needs: ["alb", "nlb", "clb"],
  check({ model }, report) {
    for (const balancer of balancersOf(model)) {
      for (const [index, listener] of balancer.props.listeners.entries()) {
        const encrypted = ENCRYPTED.has(listener.protocol);
        const { certificate } = listener;
        if (
          encrypted &&
          certificate?.from === "arn" &&
          certificate.arn.trim() !== "" &&
          !CERTIFICATE.test(certificate.arn)
        ) {
          report({
            at: { node: balancer.id, field: `/listeners/${index}/certificate/arn` },
            message: `Listener ${listener.protocol} ${listener.port} of ${balancer.name} names “${clip(certificate.arn, 80)}”, which is not the ARN of a certificate in AWS Certificate Manager or IAM, so AWS refuses the listener. Use the full ARN, or ask for it on deployment.`,
          });
          continue;
        }
        const given = certificate !== undefined && (certificate.from === "parameter" || certificate.arn.trim() !== "");
        if (encrypted === given || (!encrypted && certificate === undefined)) continue;
        const field = `/listeners/${index}/certificate`;
        const who = `Listener ${listener.protocol} ${listener.port} of ${balancer.name}`;
        // The whole list, because a design whose listeners are defaults stores none.
        const put = (value: typeof certificate): Edit => ({
          edit: "setField",
          id: balancer.id,
          field: "/listeners",
          value: balancer.props.listeners.map((item, at) => {
            const { certificate: _, ...rest } = item;
            const kept = at === index ? value : item.certificate;
            return kept ? { ...rest, certificate: kept } : rest;
          }),
        });
        if (encrypted) {
          report({
            at: { node: balancer.id, field },
            message: `${who} terminates TLS but has no certificate. Attach one from AWS Certificate Manager.`,
            fix: { title: "Ask for a certificate on deployment", risk: "safe", edits: [put({ from: "parameter" })] },
          });
        } else {
          report({
            at: { node: balancer.id, field },
            message: `${who} has a certificate, but ${listener.protocol} does not use one and AWS refuses it. Remove the certificate, or let the listener speak ${listener.protocol === "HTTP" ? "HTTPS" : "TLS"}.`,
            fix: { title: "Remove the certificate", risk: "safe", edits: [put(undefined)] },
          });
        }
      }
    }
  },
});
