"use client";

/** The page broke; the design is in the browser's store and loses nothing by a reload. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="grid h-full place-content-center gap-3 p-8 text-center">
      <h1 className="text-lg font-semibold">The designer stopped</h1>
      <p className="max-w-96 text-ink-2">
        This is a defect of Bayplan. Your design is kept in this browser and is there again after a restart.
      </p>
      <p className="max-w-96 font-mono text-xs text-ink-3">{error.message}</p>
      <p>
        <button
          type="button"
          onClick={reset}
          className="rounded-md bg-accent-solid px-3 py-1.5 font-medium text-on-accent hover:bg-accent-solid-hover"
        >
          Start again
        </button>
      </p>
    </main>
  );
}
