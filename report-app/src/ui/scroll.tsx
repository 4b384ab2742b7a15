import type { ComponentChildren } from "preact";

interface Props {
  label: string;
  /** Whether it scrolls up and down too. */
  tall?: boolean;
  children: ComponentChildren;
}

/** What is too wide or too tall scrolls by itself, and the keyboard reaches it. */
export function Scroll({ label, tall = false, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class={tall ? "scroll tall" : "scroll"} tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
