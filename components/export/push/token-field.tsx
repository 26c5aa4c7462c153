"use client";

import { type RefObject, useId } from "react";
import type { HostId } from "@/lib/export/repository/hosts/host";
import { hosts } from "@/lib/export/repository/hosts/hosts";
import { Button } from "../../ui/button";
import { TextInput } from "../../ui/field";
import { Icon } from "../../ui/icon";
import { forgetToken, tokenFor } from "./tokens";

const sites: Readonly<Record<HostId, string>> = { github: "https://github.com", gitlab: "https://gitlab.com" };

/**
 * Asks for a token, or says that one is kept. The field is read from the element when the form is sent, so that no
 * attribute, state or storage holds what is typed.
 */
export function TokenField({
  host,
  api,
  site,
  workflows,
  problem,
  input,
  onForgotten,
}: {
  host: HostId;
  api: string | undefined;
  site: string | undefined;
  workflows: boolean;
  problem: string | undefined;
  input: RefObject<HTMLInputElement | null>;
  onForgotten(): void;
}) {
  const field = useId();
  const help = useId();
  const { label, permissions, tokenPage } = hosts[host];
  if (api !== undefined && tokenFor(api) !== undefined)
    return (
      <div className="flex items-center gap-2">
        <Icon name="lock" size={14} className="text-ink-3" />
        <span className="min-w-0 flex-1 text-ink-2">
          Your token for {new URL(api).host} is kept in this tab's memory until it is closed or reloaded.
        </span>
        <Button
          size="small"
          onClick={() => {
            forgetToken(api);
            onForgotten();
          }}
        >
          Forget the token
        </Button>
      </div>
    );
  return (
    <div>
      <label htmlFor={field} className="mb-0.5 block text-ink-2 text-xs">
        Token
      </label>
      <TextInput
        id={field}
        ref={input}
        type="password"
        autoComplete="off"
        data-1p-ignore=""
        data-lpignore="true"
        spellCheck={false}
        aria-describedby={help}
        aria-invalid={problem === undefined ? undefined : true}
      />
      {problem !== undefined && (
        <p role="alert" className="mt-0.5 text-error text-xs">
          {problem}
        </p>
      )}
      <p id={help} className="mt-0.5 text-ink-3 text-xs">
        {permissions(workflows)} It goes from this browser to {api === undefined ? label : new URL(api).host} only,
        never to the server of Bayplan, and is not stored.{" "}
        <a
          href={tokenPage(site ?? sites[host])}
          target="_blank"
          rel="noopener noreferrer"
          className="text-accent underline"
        >
          Make a token
        </a>
      </p>
    </div>
  );
}
