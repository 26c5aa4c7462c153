"use client";

import type { ComponentType } from "react";
import type { OutFile } from "@/lib/export/target";
import type { BinaryFile } from "../code/choices";

/** What a destination is given. */
export interface DestinationProps {
  /** The files as text; for pictures that are made in the browser, the text they are made of. */
  files: readonly OutFile[];
  /** The files as bytes, as they are to be written. */
  bytes(): Promise<readonly BinaryFile[]>;
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
export const destinations: readonly Destination[] = [{ id: "download", label: "Download" }];
