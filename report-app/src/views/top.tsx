import type { Index } from "../data";

/** The poll, the verdict in a sentence, and what was judged. */
export function Top({ index }: { index: Index }) {
  return (
    <main>
      <h1>{index.verdict}</h1>
      {index.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <table>
        <tbody>
          {index.poll.map((row) => (
            <tr key={row.owner}>
              <th scope="row">{row.owner}</th>
              <td>{row.verdict}</td>
              <td>{row.words}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
