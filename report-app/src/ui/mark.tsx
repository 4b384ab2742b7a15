import { LEVEL_WORDS, type Level } from "../marks";

const SHAPES: Record<Level, preact.JSX.Element> = {
  blocks: <path d="M1 1h10v10H1z" />,
  error: <path d="M2 2h8v8H2z" fill="none" stroke="currentColor" stroke-width="2" />,
  warning: <path d="M6 1l5.5 10h-11z" />,
  info: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" />,
  kept: <path d="M2 4h8M2 8h8" stroke="currentColor" stroke-width="2" />,
  clean: <circle cx="6" cy="6" r="3" />,
  read: <circle cx="6" cy="6" r="2.5" fill="none" stroke="currentColor" stroke-width="1.5" />,
  "left-out": <path d="M2 6h3M7 6h3" stroke="currentColor" stroke-width="2" />,
  unmeasured: <path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" stroke-width="2" />,
  excluded: <path d="M2 6h8" stroke="currentColor" stroke-width="2" />,
};

/** How bad something is, as a shape; `label` false where the words stand beside it. */
export function Mark({ level, label = true }: { level: Level; label?: boolean }) {
  return label ? (
    <svg class={`mark ${level}`} viewBox="0 0 12 12" role="img" aria-label={LEVEL_WORDS[level]}>
      <title>{LEVEL_WORDS[level]}</title>
      {SHAPES[level]}
    </svg>
  ) : (
    <svg class={`mark ${level}`} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[level]}
    </svg>
  );
}
