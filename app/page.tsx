export default function Page() {
  return (
    <main>
      <h1>Bayplan</h1>
    </main>
  );
}
