import type { Verdict } from "../data";

const TONES: Record<Verdict, string> = {
  GO: "go",
  "NO-GO": "no-go",
  "CANNOT TELL": "cannot-tell",
  "GO FOR REVIEW": "review",
};

export function tone(verdict: Verdict): string {
  return TONES[verdict] ?? "cannot-tell";
}

/** What one owner says. */
export function Lamp({ verdict }: { verdict: Verdict }) {
  return <span class={`lamp ${tone(verdict)}`}>{verdict}</span>;
}
