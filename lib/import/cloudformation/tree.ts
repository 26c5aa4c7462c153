import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from "yaml";
import { type Pointer, pointer } from "../../core/pointer";
import { MAX_TEMPLATE } from "./recognise";

/** What is wrong with a template, where, and how to mend it. */
export interface TemplateProblem {
  /** Counted from 1. */
  line: number;
  /** JSON Pointer into the template, as far as it is known. */
  path: Pointer;
  /** Full sentences. */
  message: string;
}

/** A template as plain data: functions in the long form, and the line of each of its upper places. */
export interface Tree {
  value: unknown;
  lineOf(path: Pointer): number;
  /** Keys that stand twice. */
  notes: readonly TemplateProblem[];
}

/** Deeper than anything that CloudFormation takes; nothing in a template nests as deep as this. */
const MAX_DEPTH = 100;
/** More values than a template of the greatest size can hold without aliases. */
const MAX_VALUES = 300_000;
/** Places are remembered down to `/Resources/ID/Properties/NAME/0`. */
const REMEMBERED_DEPTH = 5;

/**
 * Functions that have a short form. `!Condition` is the odd one out: its long form is `Condition`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
const shortFunctions: ReadonlySet<string> = new Set([
  ...["And", "Base64", "Cidr", "Contains", "EachMemberEquals", "EachMemberIn", "Equals", "FindInMap", "ForEach"],
  ...["GetAtt", "GetAZs", "If", "ImportValue", "Join", "Length", "Not", "Or", "RefAll", "Select", "Split", "Sub"],
  ...["ToJsonString", "Transform", "ValueOf", "ValueOfAll", "GetStackOutput"],
]);

/** Tags of YAML itself that say what a plain value is anyway. */
const plainTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

type ReadTree = { ok: true; tree: Tree } | { ok: false; problems: readonly TemplateProblem[] };

/**
 * Reads YAML or JSON as CloudFormation does: dates stay text, short tags become functions. The text may be anything:
 * aliases are unfolded up to a bound, nesting has one, and no key reaches a prototype. JSON is read by the same
 * reader, because it tells of keys that stand twice and knows the line of everything.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */
export function readTree(text: string): ReadTree {
  if (text.length > MAX_TEMPLATE) {
    const message = `The template is longer than ${MAX_TEMPLATE} bytes, the most that CloudFormation takes. Split it into nested stacks and give one of them.`;
    return { ok: false, problems: [{ line: 1, path: "", message }] };
  }
  const counter = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, {
      schema: "failsafe",
      version: "1.1",
      lineCounter: counter,
      prettyErrors: false,
      // AWS leaves open what a key that stands twice means, and real templates have them: the reader says it.
      uniqueKeys: false,
    }) as Document.Parsed;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ok: false, problems: [{ line: 1, path: "", message: TOO_DEEP }] };
  }
  const reader = new Reader(counter);
  if (document.errors.length > 0) {
    const problems = document.errors.slice(0, 20).map(({ pos, code, message }) => ({
      line: counter.linePos(pos[0]).line || 1,
      path: "",
      message: sentenceOf(code, message),
    }));
    return { ok: false, problems };
  }
  const value = reader.value(document.contents, []);
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  const { lines } = reader;
  const lineOf = (path: Pointer): number => {
    for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
      const line = lines.get(at);
      if (line !== undefined) return line;
    }
    return 1;
  };
  return { ok: true, tree: { value, lineOf, notes: reader.notes } };
}

const TOO_DEEP = `Something nests deeper than ${MAX_DEPTH} levels, which no template needs. Take the inner levels out.`;

const said: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "A tab stands where YAML wants spaces. Replace it by spaces.",
  MULTIPLE_DOCS: "A second document begins here. Keep one template in a file.",
  BAD_INDENT:
    "Either the indentation fits nothing above, or a bracket is not closed. Line it up with its neighbours, or close it.",
};

const sentenceOf = (code: string, message: string): string =>
  said[code] ??
  `This is neither YAML nor JSON: ${(message.split("\n")[0] ?? "").replace(/[.:]$/, "")}. Correct it here.`;

type Item = Node | null | undefined;

class Reader {
  readonly problems: TemplateProblem[] = [];
  readonly notes: TemplateProblem[] = [];
  readonly lines = new Map<Pointer, number>();
  private readonly anchors = new Map<string, Node>();
  private readonly open = new Set<Node>();
  private values = 0;
  private stopped = false;

  constructor(private readonly counter: LineCounter) {}

  private lineAt(node: Item): number {
    return (node?.range && this.counter.linePos(node.range[0]).line) || 1;
  }

  private say(node: Item, path: readonly string[], message: string): null {
    if (this.problems.length < 20) this.problems.push({ line: this.lineAt(node), path: pointer(...path), message });
    return null;
  }

  /** What ends the reading as a whole. */
  private stop(node: Item, path: readonly string[], message: string): null {
    if (!this.stopped) this.say(node, path, message);
    this.stopped = true;
    return null;
  }

  value(node: Item, path: readonly string[]): unknown {
    if (this.stopped || node === null || node === undefined) return null;
    this.values += 1;
    if (this.values > MAX_VALUES) {
      return this.stop(
        node,
        path,
        "The aliases of this file unfold to more than any template holds. Write out what is meant.",
      );
    }
    if (path.length > MAX_DEPTH) return this.stop(node, path, TOO_DEEP);
    if (isAlias(node)) return this.alias(node.source, node, path);
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) this.anchors.set(anchor, node);
    this.open.add(node);
    const plain = this.content(node, path);
    this.open.delete(node);
    return this.tagged(node, plain, path);
  }

  private alias(name: string, node: Node, path: readonly string[]): unknown {
    const meant = this.anchors.get(name);
    if (!meant)
      return this.say(node, path, `*${name} stands for nothing: no &${name} comes before it. Add the anchor.`);
    if (this.open.has(meant)) {
      return this.stop(node, path, `*${name} stands inside of what it stands for. Write out what is meant.`);
    }
    return this.value(meant, path);
  }

  private content(node: Node, path: readonly string[]): unknown {
    if (isScalar(node)) {
      const text = String(node.value ?? "");
      return node.type === "PLAIN" && !node.tag ? plainValue(node.source ?? text) : text;
    }
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const at = [...path, String(index)];
        if (at.length <= REMEMBERED_DEPTH) this.lines.set(pointer(...at), this.lineAt(item as Item));
        return this.value(item as Item, at);
      });
    }
    return isMap(node) ? this.map(node.items as Pair[], path) : null;
  }

  private map(pairs: readonly Pair[], path: readonly string[]): Record<string, unknown> {
    const seen = new Set<string>();
    const entries = pairs.map((pair): [string, unknown] => {
      const key = pair.key as Item;
      const name = isScalar(key) ? String(key.source ?? key.value ?? "") : undefined;
      if (name === undefined) {
        this.say(key, path, "A key is a list or a map here, but keys are text. Write the key as text.");
        return ["", null];
      }
      if (name === "<<") {
        this.say(key, path, "CloudFormation takes no merge keys (<<). Write out what they stand for.");
        return [name, null];
      }
      const at = [...path, name];
      if (seen.has(name)) this.twice(key, at);
      seen.add(name);
      if (at.length <= REMEMBERED_DEPTH) this.lines.set(pointer(...at), this.lineAt(key));
      const value = this.value(pair.value as Item, at);
      return [name, name === "Fn::GetAtt" && pairs.length === 1 ? attribute(value) : value];
    });
    return Object.fromEntries(entries);
  }

  private twice(key: Item, path: readonly string[]): void {
    if (this.notes.length >= 20) return;
    const message = `${path.at(-1)} stands here for the second time. AWS leaves open which one counts; the last is read. Keep one of the two.`;
    this.notes.push({ line: this.lineAt(key), path: pointer(...path), message });
  }

  /** Gives a value behind a tag its long form. */
  private tagged(node: Node, value: unknown, path: readonly string[]): unknown {
    const tag = (node as { tag?: string }).tag;
    if (tag === undefined || tag === "!") return value;
    if (plainTags.test(tag)) return isScalar(node) && !tag.endsWith(":str") ? plainValue(String(value)) : value;
    const name = tag.slice(1);
    if (tag === "!Ref" || tag === "!Condition") return { [name]: value };
    if (tag === "!GetAtt") return { "Fn::GetAtt": attribute(value) };
    if (tag.startsWith("!") && shortFunctions.has(name)) return { [`Fn::${name}`]: value };
    return this.say(node, path, `CloudFormation knows no tag ${tag}. Write a function of its, or quote the text.`);
  }
}

/** `A.B.C` as a list: the resource, and all the rest as its attribute. */
const attribute = (value: unknown): unknown => {
  if (typeof value !== "string" || !value.includes(".")) return value;
  return [value.slice(0, value.indexOf(".")), value.slice(value.indexOf(".") + 1)];
};

/**
 * A plain scalar. Only numbers that print back as they were written are numbers: account ids with a zero in front, file
 * modes, versions such as 1.10 and dates keep their text, so that nothing of them is lost.
 */
function plainValue(text: string): unknown {
  if (text === "" || text === "~" || /^(null|Null|NULL)$/.test(text)) return null;
  if (/^(true|True|TRUE|yes|Yes|YES|on|On|ON)$/.test(text)) return true;
  if (/^(false|False|FALSE|no|No|NO|off|Off|OFF)$/.test(text)) return false;
  if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return String(Number(text)) === text ? Number(text) : text;
  if (/^-?(0|[1-9]\d*)(\.\d+)?[eE][-+]?\d+$/.test(text)) {
    const number = Number(text);
    return Number.isFinite(number) ? number : text;
  }
  return text;
}
