/** What is still to be said before something can be proposed. */
export function Missing({ words }: { words: readonly string[] }) {
  return (
    <div class="missing" role="status">
      <ul>
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </div>
  );
}
