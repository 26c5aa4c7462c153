import { classicWeb } from "../../testing/classic";
import { draw } from "../../testing/draw";
import { ec2Web } from "../../testing/presets";
import type { Examples } from "../rule";

export const examples: Examples = {
  bad: [draw(classicWeb)],
  good: [draw(ec2Web)],
};
