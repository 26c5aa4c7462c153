import { draw } from "../../testing/draw";
import { fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [
    draw((draft) => {
      const web = fargateWeb(draft);
      draft.connect(draft.add("snsTopic", {}, { name: "Orders" }), "notify", web.service);
    }),
    draw((draft) => {
      const web = fargateWeb(draft);
      draft.connect(draft.add("s3Bucket", {}, { name: "Uploads" }), "notify", web.service);
    }),
  ],
  good: [
    draw((draft) => {
      const web = fargateWeb(draft);
      const orders = draft.add("sqsQueue", { visibilityTimeout: 180 }, { name: "Orders" });
      draft.connect(draft.add("snsTopic", {}, { name: "Topic" }), "subscribe", orders);
      draft.connect(orders, "poll", web.service);
      draft.connect(orders, "deadLetter", draft.add("sqsQueue", {}, { name: "Failed" }));
    }),
  ],
};
