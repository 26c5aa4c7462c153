"use client";

import type { DestinationProps } from "../destinations";
import { Push } from "./push";

/** A branch and a pull request on GitHub. */
export const PushToGitHub = (props: DestinationProps) => <Push host="github" {...props} />;
