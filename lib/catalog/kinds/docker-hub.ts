import * as z from "zod";
import { defineKind } from "../kind";

/** An image on Docker Hub. Lowers to no resource: the container's image names it. */
export const dockerHub = defineKind({
  label: "Docker Hub image",
  short: "Docker Hub",
  about: "An image on Docker Hub, public or private.",
  group: "Images",
  icon: "docker-hub",
  docs: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html",
  keywords: ["registry", "image", "docker", "public"],
  props: z.strictObject({
    repository: z.string().default("library/nginx").meta({ label: "Repository", placeholder: "library/nginx" }),
    private: z.boolean().default(false).meta({ label: "Private", help: "Needs credentials in Secrets Manager." }),
  }),
  initial: () => ({}),
  within: [],
  box: false,
  size: { w: 200, h: 64 },
  summary: (props) => [props.repository, ...(props.private ? ["Private"] : [])],
  deployable: false,
});
