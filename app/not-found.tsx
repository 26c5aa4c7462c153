import Link from "next/link";

export default function NotFound() {
  return (
    <main className="grid h-full place-content-center gap-3 p-8 text-center">
      <h1 className="text-lg font-semibold">There is no page at this address</h1>
      <p className="max-w-96 text-ink-2">
        The address may be mistyped. Designs live in this browser and in links, and both open in the designer.
      </p>
      <p>
        <Link href="/" className="text-accent underline underline-offset-2">
          Open the designer
        </Link>
      </p>
    </main>
  );
}
