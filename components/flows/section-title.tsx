/** Head of a part of the panel: it stays in sight while its part is scrolled. */
export const SectionTitle = ({ title, note, bad }: { title: string; note: string; bad?: boolean }) => (
  <h3 className="sticky top-0 z-10 flex h-7 items-center gap-2 border-line border-b bg-sunken px-3 font-medium">
    {title}
    {note !== "" && <span className={`font-normal text-xs ${bad ? "text-error" : "text-ink-3"}`}>{note}</span>}
  </h3>
);
