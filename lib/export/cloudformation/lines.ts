import { escapeSegment } from "../../core/pointer";
import type { Origin, Resource } from "../../stack/stack";
import type { LineOrigin } from "../target";

/** Collects printed lines and, for each, the node or edge it comes from. */
export class Lines {
  readonly text: string[] = [];
  readonly origins: LineOrigin[] = [];

  add(line: string, origin?: Origin): void {
    if (origin && (origin.node !== undefined || origin.edge !== undefined)) {
      this.origins.push({
        line: this.text.length,
        ...(origin.node === undefined ? {} : { node: origin.node }),
        ...(origin.edge === undefined ? {} : { edge: origin.edge }),
      });
    }
    this.text.push(line);
  }

  /** Appends to the line printed last. */
  extend(tail: string): void {
    this.text[this.text.length - 1] += tail;
  }
}

/** Follows a walk through one resource and knows the origin of each place: that of the longest known prefix. */
export class Trail {
  private constructor(
    private readonly resource: Resource | undefined,
    private readonly at: string,
    readonly origin: Origin | undefined,
  ) {}

  static of(resource: Resource): Trail {
    return new Trail(resource, "", resource.origins[""]?.[0]);
  }

  static fixed(origin: Origin | undefined): Trail {
    return new Trail(undefined, "", origin);
  }

  into(key: string | number): Trail {
    if (!this.resource) return this;
    const at = `${this.at}/${typeof key === "number" ? key : escapeSegment(key)}`;
    return new Trail(this.resource, at, this.resource.origins[at]?.[0] ?? this.origin);
  }
}
