/** A text of ours or of a policy, in which what stands between backticks is code. */
export function Words({ text }: { text: string }) {
  const parts = text.split("`");
  if (parts.length % 2 === 0) {
    return <>{text}</>;
  }
  return <>{parts.map((part, index) => (index % 2 ? <code key={index}>{part}</code> : part))}</>;
}
