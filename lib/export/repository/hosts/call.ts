import type * as z from "zod";
import { isObject } from "../../../core/json";
import { clip } from "../../../core/text";
import type { Failure, PushContext, Reason, Stage } from "./host";

/** Ends a push from wherever it is; caught where it began and never seen outside. */
export class Stop extends Error {
  constructor(
    readonly reason: Reason,
    message: string,
    /** The request may have been carried out although no answer came. */
    readonly unsure = false,
  ) {
    super(message);
  }
}

/** What a host answered that was no success. */
export interface Refusal {
  status: number;
  headers: Headers;
  /** The host's own words, short and in one line; "" when it gave none. */
  said: string;
  stage: Stage;
}

export interface Request {
  stage: Stage;
  method?: "GET" | "POST" | "PATCH";
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Answers of these statuses give undefined instead of ending the push. */
  none?: readonly number[];
  /** Redirects are followed for reading a moved repository only; a POST would lose its body. */
  follow?: boolean;
}

export interface Caller {
  /** Sends a request and reads its answer, or stops with a sentence. */
  call<T>(request: Request, answer: z.ZodType<T>): Promise<Answer<T>>;
  /** The same, for what may be missing. */
  find<T>(request: Request, answer: z.ZodType<T>): Promise<Answer<T> | undefined>;
}

export interface Answer<T> {
  value: T;
  headers: Headers;
}

/** No answer that we ask for is larger; what is, is not read to its end. */
const MOST_BYTES = 32 * 1024 * 1024;
const PATIENCE_MS = 60_000;

export interface Speech {
  label: string;
  api: string;
  headers: Readonly<Record<string, string>>;
  /** Says what a refusal means. */
  explain(refusal: Refusal): { reason: Reason; message: string };
}

/** Makes the function that sends requests to one host. No request is repeated by itself. */
export function caller(speech: Speech, context: PushContext): Caller {
  const find: Caller["find"] = async (request, answer) => {
    const response = await send(speech, context, request);
    if (request.none?.includes(response.status)) {
      await response.body?.cancel();
      return undefined;
    }
    const text = await readText(speech, context, request, response);
    if (!response.ok) {
      const { reason, message } = speech.explain({
        status: response.status,
        headers: response.headers,
        said: wordsOf(text),
        stage: request.stage,
      });
      throw new Stop(reason, message, response.status >= 500 && isWrite(request));
    }
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw strange(speech, request);
    }
    const read = answer.safeParse(json);
    if (!read.success) throw strange(speech, request);
    return { value: read.data, headers: response.headers };
  };
  return {
    find,
    async call(request, answer) {
      const found = await find(request, answer);
      if (found === undefined) throw strange(speech, request);
      return found;
    },
  };
}

const isWrite = ({ method }: Request): boolean => method !== undefined && method !== "GET";

const strange = ({ label, api }: Speech, request: Request): Stop =>
  new Stop(
    "answer",
    `${label} answered with something that Bayplan does not understand (${request.method ?? "GET"} ${clip(request.path, 120)}). Check that ${new URL(api).host} is a ${label} server and that no proxy answers in its place.`,
    isWrite(request),
  );

async function send(speech: Speech, context: PushContext, request: Request): Promise<Response> {
  const url = `${speech.api}${request.path}${request.query ? `?${new URLSearchParams(request.query)}` : ""}`;
  const timeout = AbortSignal.timeout(context.timeoutMs ?? PATIENCE_MS);
  try {
    return await context.fetch(url, {
      method: request.method ?? "GET",
      // A header that browsers drop when a redirect leads to another origin.
      headers: {
        ...speech.headers,
        Authorization: `Bearer ${context.token}`,
        ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      signal: AbortSignal.any([context.signal, timeout]),
      redirect: request.follow ? "follow" : "error",
      // No cookies of the host, no address of ours, no copy in the browser's cache.
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
    });
  } catch (error) {
    throw await brokenOff(speech, context, request, url, timeout, error);
  }
}

async function brokenOff(
  { label }: Speech,
  context: PushContext,
  request: Request,
  url: string,
  timeout: AbortSignal,
  error: unknown,
): Promise<Stop> {
  const unsure = isWrite(request);
  const host = new URL(url).host;
  if (context.signal.aborted) return new Stop("cancelled", "Cancelled.", unsure);
  if (timeout.aborted)
    return new Stop("timeout", `${host} did not answer in time. Try again, or look at the status of ${label}.`, unsure);
  if (!(error instanceof TypeError)) throw error;
  if (await context.wasBlocked?.(url))
    return new Stop(
      "blocked",
      `This page may not talk to ${new URL(url).origin}: the server of Bayplan allows github.com, gitlab.com and the hosts that its operator names. Ask the operator to add it to BAYPLAN_GIT_HOSTS.`,
    );
  return new Stop(
    "network",
    `${host} could not be reached. Check the connection and the address; a server of your own must allow requests from other pages (CORS) to its API.`,
    unsure,
  );
}

/** Reads an answer, but no more of it than it can rightly be. */
async function readText(speech: Speech, context: PushContext, request: Request, response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      length += value.length;
      if (length > MOST_BYTES) {
        await reader.cancel();
        throw new Stop(
          "answer",
          `${speech.label} sent an answer far larger than it should be, so it was not read.`,
          isWrite(request),
        );
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof Stop) throw error;
    if (context.signal.aborted) throw new Stop("cancelled", "Cancelled.", isWrite(request));
    throw new Stop("network", `The answer of ${new URL(speech.api).host} broke off. Try again.`, isWrite(request));
  }
}

/** The words of an error in any of the forms that GitHub and GitLab give them, as one short line. */
function wordsOf(text: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return /[<{]/.test(text) ? "" : plain(text);
  }
  if (!isObject(json)) return "";
  const { message, error, error_description, errors } = json;
  return plain([message, error, error_description, errors].map(flat).filter(Boolean).join("; "));
}

function flat(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.slice(0, 5).map(flat).filter(Boolean).join("; ");
  if (!isObject(value)) return "";
  if (typeof value.message === "string") return value.message;
  return Object.entries(value)
    .slice(0, 8)
    .map(([key, inner]) => (key === "documentation_url" ? "" : `${key}: ${flat(inner)}`))
    .filter(Boolean)
    .join(", ");
}

/** A stranger's words without what hides in them. */
const plain = (text: string): string => clip(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim(), 240);

/** The host's own words as an addition to a sentence of ours. */
export const quoted = (label: string, said: string): string => (said === "" ? "" : ` ${label} says: “${said}”.`);

/** When to try again, from the headers that hosts send with a limit; browsers show those that the host exposes. */
export function waitWords(headers: Headers, now: number): string {
  const seconds = waitSeconds(headers, now);
  if (seconds === undefined) return "Wait a minute or more before trying again.";
  if (seconds <= 90) return `Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
  if (seconds <= 90 * 60) return `Try again in ${Math.ceil(seconds / 60)} minutes.`;
  return `Try again in ${Math.ceil(seconds / 3_600)} hours.`;
}

function waitSeconds(headers: Headers, now: number): number | undefined {
  const after = headers.get("retry-after");
  if (after !== null) {
    const seconds = /^\d{1,9}$/.test(after) ? Number(after) : (Date.parse(after) - now) / 1000;
    if (Number.isFinite(seconds)) return within(seconds);
  }
  // Seconds since 1970, GitHub's and GitLab's way alike.
  const reset = headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset");
  if (reset !== null && /^\d{9,11}$/.test(reset)) return within(Number(reset) - now / 1000);
  return undefined;
}

const within = (seconds: number): number => Math.min(Math.max(Math.ceil(seconds), 1), 24 * 3_600);

export const failed = (reason: Reason, message: string, written: string): { ok: false; failure: Failure } => ({
  ok: false,
  failure: { reason, message, written },
});
