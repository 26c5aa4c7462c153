"use client";

import type { DestinationProps } from "../destinations";
import { Push } from "./push";

/** A branch and a merge request on GitLab. */
export const PushToGitLab = (props: DestinationProps) => <Push host="gitlab" {...props} />;
