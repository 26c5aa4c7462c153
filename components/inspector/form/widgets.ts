import type { ReactNode } from "react";
import type { WidgetProps } from "./field-row";
import { ListOfParts } from "./list-of-parts";
import { Flags, Numbers, Pairs, Texts } from "./lists";
import { Entries, Group, JsonText, Modes } from "./parts";
import type { Shape, ShapeType } from "./shape";
import { Choice, ContainerChoice, NumberInput, Reference, Switch, Text } from "./simple";

/** One widget per shape of value. */
export const widgets: { [T in ShapeType]: (props: WidgetProps<Extract<Shape, { type: T }>>) => ReactNode } = {
  text: Text,
  number: NumberInput,
  boolean: Switch,
  choice: Choice,
  flags: Flags,
  texts: Texts,
  numbers: Numbers,
  list: ListOfParts,
  group: Group,
  map: Pairs,
  entries: Entries,
  modes: Modes,
  reference: Reference,
  container: ContainerChoice,
  json: JsonText,
};
