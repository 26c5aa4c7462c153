import type { Document } from "../../document/document";
import { type Draft, draw } from "../../testing/draw";
import { fargateWeb, type Web } from "../../testing/presets";
import type { Examples } from "../rule";

const withWeb = (change: (draft: Draft, web: Web) => void): Document =>
  draw((draft) => {
    change(draft, fargateWeb(draft));
  });

/** A worker beside the web service, so that the queue has a reader. */
function worker(draft: Draft, { cluster, task }: Web): { queue: string; service: string } {
  const queue = draft.add("sqsQueue", {}, { name: "Jobs" });
  const lost = draft.add("sqsQueue", {}, { name: "Lost" });
  const service = draft.add(
    "service",
    {
      launchType: "FARGATE",
      autoScaling: { minCapacity: 2, maxCapacity: 6, policies: [{ policyType: "StepScaling", queue }] },
    },
    { name: "Worker", parent: cluster },
  );
  draft.connect(service, "run", task);
  draft.connect(queue, "deadLetter", lost);
  draft.connect(queue, "poll", service);
  return { queue, service };
}

export const examples: Examples = {
  bad: [
    // Load balancers are not chained this way.
    withWeb((draft, { alb, vpc, service }) => {
      const second = draft.add(
        "alb",
        { listeners: [{ port: 443, protocol: "HTTPS", certificate: { from: "parameter" } }] },
        { name: "Second door", parent: vpc },
      );
      draft.connect(second, "forward", service);
      draft.connect(alb, "forward", second);
    }),
    // Nothing in AWS joins these.
    withWeb((draft, { repository, alb }) => {
      draft.connect(repository, "pull", alb);
    }),
    // Drawn the wrong way round: turned by the fix.
    withWeb((draft, web) => {
      const { queue, service } = worker(draft, web);
      delete draft.document.edges.e7;
      draft.connect(service, "poll", queue);
    }),
    // Twice the same.
    withWeb((draft, { internet, alb }) => {
      draft.connect(internet, "request", alb);
    }),
    withWeb((draft, web) => {
      const { queue } = worker(draft, web);
      draft.connect(queue, "deadLetter", queue);
    }),
    // A container has one image.
    withWeb((draft, { container }) => {
      draft.connect(container, "pull", draft.add("ecrRepository", {}, { name: "Other image" }), { tag: "v1" });
    }),
    withWeb((draft, { alb }) => {
      draft.connect(draft.add("note", { text: "Mind the gap" }), "reference", alb);
    }),
  ],
  good: [
    withWeb(worker),
    // The same secret twice, as two variables.
    withWeb((draft, { container }) => {
      const source = { from: "generated" as const, template: '{"username":"app"}', key: "password" };
      const secret = draft.add("secret", { source }, { name: "Database" });
      draft.connect(container, "inject", secret, { name: "DB_USER", jsonKey: "username" });
      draft.connect(container, "inject", secret, { name: "DB_PASSWORD", jsonKey: "password" });
    }),
    withWeb((draft, { alb, service }) => {
      const generic = draft.add("generic", { type: "AWS::WAFv2::WebACLAssociation" }, { name: "Firewall" });
      draft.connect(generic, "reference", alb, { pointer: "/ResourceArn" });
      draft.connect(service, "reference", generic, { pointer: "/Description" });
    }),
  ],
};
