import { obj } from "../code";
import { only, type Single } from "./single";

export const topic: Single = {
  type: "sns.Topic",
  ref: "topicArn",
  attributes: { TopicArn: "topicArn", TopicName: "topicName" },
  says: (_writing, resource) => only(resource),
  props: () => obj({}),
};
