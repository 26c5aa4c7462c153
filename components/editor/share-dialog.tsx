"use client";

import { useEffect, useState } from "react";
import { encodeLink, MAX_LINK } from "@/lib/share/link";
import { saveFile } from "../designs/files";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextInput } from "../ui/field";
import { clipboard } from "./clipboard";
import { useEditor } from "./store";

const close = (): void => useEditor.setState({ dialog: undefined });
const number = new Intl.NumberFormat("en-US");

/** The whole design in a link: what it is, how long it is, and the design file when it grows too long. */
export function ShareDialog() {
  const document = useEditor(({ state }) => state.document);
  const [link, setLink] = useState<string | undefined>();
  const [copied, setCopied] = useState<boolean | undefined>();
  useEffect(() => {
    let current = true;
    void encodeLink(document).then((fragment) => {
      if (current) setLink(`${window.location.origin}${window.location.pathname}#${fragment}`);
    });
    return () => {
      current = false;
    };
  }, [document]);
  const tooLong = link !== undefined && link.length > MAX_LINK;
  const copy = async (): Promise<void> => setCopied(await clipboard.write(link ?? ""));
  return (
    <Dialog
      title="Share"
      about="The link holds the whole design. It stays behind the # of the address, which browsers never send, so no server sees it."
      onClose={close}
      footer={
        <>
          <span role="status" className="mr-auto text-ink-2">
            {copied === true && "Copied the link."}
            {copied === false && "The browser did not give access to the clipboard. Select the link and copy it."}
          </span>
          <Button icon="save" onClick={saveFile} look={tooLong ? "primary" : "plain"}>
            Save the design file
          </Button>
          <Button
            icon="link"
            onClick={() => void copy()}
            look={tooLong ? "plain" : "primary"}
            disabled={link === undefined}
          >
            Copy link
          </Button>
        </>
      }
    >
      <TextInput
        readOnly
        aria-label="Link"
        value={link ?? "Writing the link…"}
        onFocus={(event) => event.target.select()}
        className="font-mono text-xs"
      />
      {link !== undefined && <SizeMeter length={link.length} />}
      {tooLong ? (
        <p className="mt-2 rounded-md bg-warning-soft px-3 py-2 text-warning">
          This link has {number.format(link.length)} characters. Mail, chat and issue trackers cut links longer than
          about {number.format(MAX_LINK)}. Send the design file instead: it opens by dropping it on the page.
        </p>
      ) : (
        <p className="mt-2 text-ink-2">
          Whoever has the link sees this state of the drawing, read-only, and can make a copy. Later changes need a new
          link.
        </p>
      )}
    </Dialog>
  );
}

function SizeMeter({ length }: { length: number }) {
  const share = Math.min(1, length / MAX_LINK);
  return (
    <div className="mt-3 flex items-center gap-3">
      <meter
        aria-label="Length of the link"
        min={0}
        max={MAX_LINK}
        value={Math.min(length, MAX_LINK)}
        className="sr-only"
      />
      <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken">
        <span
          className={`block h-full rounded-full ${length > MAX_LINK ? "bg-warning" : "bg-accent"}`}
          style={{ width: `${share * 100}%` }}
        />
      </span>
      <span className="text-ink-2 text-xs">
        {number.format(length)} of {number.format(MAX_LINK)} characters
      </span>
    </div>
  );
}
