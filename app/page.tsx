import { Editor } from "@/components/editor/editor";

/** The designer is the first thing a person sees. */
export default function Page() {
  return <Editor />;
}
