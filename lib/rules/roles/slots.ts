import type { RoleSlot } from "../../catalog/fields/roles";
import type { Model, ModelNode } from "../../model/model";

/** A role slot of a node, with what it is for. */
export interface Slot {
  node: ModelNode;
  /** JSON Pointer into the node's props. */
  field: string;
  /** "the task role of Web task". */
  name: string;
  role: RoleSlot;
  /** The service principal that must be able to assume it. */
  trusts: string;
}

/** Every role slot of a design. */
export const slotsOf = (model: Model): Slot[] => [
  ...model.of("taskDefinition").flatMap((node) => [
    {
      node,
      field: "/taskRole",
      name: `the task role of ${node.name}`,
      role: node.props.taskRole,
      trusts: "ecs-tasks.amazonaws.com",
    },
    {
      node,
      field: "/executionRole",
      name: `the execution role of ${node.name}`,
      role: node.props.executionRole,
      trusts: "ecs-tasks.amazonaws.com",
    },
  ]),
  ...model.of("asgCapacityProvider").map((node) => ({
    node,
    field: "/instanceRole",
    name: `the instance role of ${node.name}`,
    role: node.props.instanceRole,
    trusts: "ec2.amazonaws.com",
  })),
];
