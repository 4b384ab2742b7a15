import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

const SPARE = 8; // rows beyond what is seen, above and below

interface Props<T> {
  items: readonly T[];
  /** Pixels; every row is as high. */
  rowHeight: number;
  label: string;
  row: (item: T, index: number) => ComponentChildren;
}

/** A list of which only the rows in sight are in the document: ten thousand scroll as easily as ten. */
export function VirtualList<T>({ items, rowHeight, label, row }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) {
      return;
    }
    const look = () => setSeen({ top: element.scrollTop, height: element.clientHeight });
    look();
    const watching = new ResizeObserver(look);
    watching.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    // Paper does not scroll.
    const showAll = () => setSeen({ top: 0, height: Number.POSITIVE_INFINITY });
    addEventListener("beforeprint", showAll);
    addEventListener("afterprint", look);
    return () => {
      watching.disconnect();
      element.removeEventListener("scroll", look);
      removeEventListener("beforeprint", showAll);
      removeEventListener("afterprint", look);
    };
  }, []);
  const first = Math.max(0, Math.floor(seen.top / rowHeight) - SPARE);
  const last = Math.min(items.length, Math.ceil((seen.top + seen.height) / rowHeight) + SPARE);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="virtual" ref={box} tabIndex={0} aria-label={label}>
      <ul style={{ height: `${items.length * rowHeight}px` }}>
        {items.slice(first, last).map((item, offset) => (
          <li
            key={first + offset}
            style={{ top: `${(first + offset) * rowHeight}px`, height: `${rowHeight}px` }}
            aria-setsize={items.length}
            aria-posinset={first + offset + 1}
          >
            {row(item, first + offset)}
          </li>
        ))}
      </ul>
    </section>
  );
}
