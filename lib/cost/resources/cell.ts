import type { AwsDocsUrl } from "../../aws/docs";
import type { ResourceType } from "../../stack/resource-types";
import type { Known } from "../../stack/stack";
import type { Ledger } from "../ledger";

/** Nothing to pay for the resource itself, and the page that says so. */
export interface Free {
  free: true;
  why: string;
  docs: AwsDocsUrl | `https://aws.amazon.com/${string}`;
}

/** Writes the charges of one resource into the ledger. */
export interface Priced<K extends ResourceType> {
  free?: false;
  charge(resource: Known<K>, ledger: Ledger): void;
}

export type CostCell<K extends ResourceType> = Free | Priced<K>;

export const free = (why: string, docs: Free["docs"]): Free => ({ free: true, why, docs });
export const priced = <K extends ResourceType>(charge: Priced<K>["charge"]): Priced<K> => ({ charge });
