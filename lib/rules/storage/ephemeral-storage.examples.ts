import { type Draft, draw } from "../../testing/draw";
import { ec2Web, fargateWeb } from "../../testing/presets";
import type { Examples } from "../rule";

const sized = (ephemeralStorage: number, preset: (draft: Draft, change: object) => unknown = fargateWeb) =>
  draw((draft) => {
    preset(draft, { task: { ephemeralStorage } });
  });

/** A definition that nothing runs yet and that says nothing of where it may run. */
const unused = draw((draft) => {
  const web = fargateWeb(draft);
  draft.add(
    "taskDefinition",
    {
      ephemeralStorage: 50,
      containerDefinitions: {
        c1: { name: "job", image: "public.ecr.aws/docker/library/busybox:1.36", memory: 256 },
      },
    },
    { name: "Job", parent: web.cluster },
  );
});

export const examples: Examples = {
  bad: [sized(20), sized(201), sized(-1), sized(50, ec2Web)],
  good: [draw(fargateWeb), sized(21), sized(200)],
  unknowable: [unused],
};
