"use client";

import type { ComponentType } from "react";
import type { OutFile } from "@/lib/export/target";
import type { BinaryFile, Choice } from "../code/choices";
import type { Answers } from "./options";

/** What a destination is given. */
export interface DestinationProps {
  /** The files as text; for pictures that are made in the browser, the text they are made of. */
  files: readonly OutFile[];
  /** The files as bytes, as they are to be written. */
  bytes(): Promise<readonly BinaryFile[]>;
  /** The format and its options, to write it again later. */
  choice: Choice;
  answers: Answers;
  /** The one environment that is exported; null for all of them, or for the design as drawn. */
  environment: string | null;
  /** The person chose to export although errors are open. */
  anyway: boolean;
  /** The design's name as a file name: for an archive, a folder, a branch. */
  name: string;
  /** False while nothing may leave: there is nothing to write, or errors are open. */
  ready: boolean;
  /** Tells the dialog that the files were taken. */
  onTaken(): void;
}

export interface Destination {
  id: string;
  label: string;
  /** Loaded when first chosen. Draws its fields and its own button; "download" has its buttons in the dialog's foot. */
  load?: () => Promise<ComponentType<DestinationProps>>;
}

/** Where files can go, in this order. */
export const destinations: readonly Destination[] = [
  { id: "download", label: "Download" },
  { id: "folder", label: "Folder", load: async () => (await import("./folder-fields")).Folder },
  { id: "github", label: "GitHub", load: async () => (await import("./push/github")).PushToGitHub },
  { id: "gitlab", label: "GitLab", load: async () => (await import("./push/gitlab")).PushToGitLab },
];
