import { useEffect, useRef } from "preact/hooks";
import { href, useAddress, type View } from "./address";
import type { Index, PageLine } from "./data";
import { RunContext, usePart } from "./run";
import { Lamp } from "./ui/lamp";
import { Findings } from "./views/findings";
import { Overview } from "./views/overview";

const VIEWS: Record<View, { title: string; show: (props: { params: URLSearchParams }) => preact.JSX.Element }> = {
  overview: { title: "Overview", show: Overview },
  findings: { title: "Findings", show: Findings },
  pages: { title: "Pages", show: Overview },
  map: { title: "Site map", show: Overview },
  figures: { title: "Figures", show: Overview },
  ledgers: { title: "Ledgers", show: Overview },
};

/** The frame around every view: whose report it is, the verdict, the way to the other views. */
export function Shell({ index }: { index: Index }) {
  const { view, params } = useAddress();
  const pages = usePart<PageLine[]>("pages");
  const main = useRef<HTMLElement>(null);
  const shown = useRef(view);
  const { title, show: Show } = VIEWS[view];
  useEffect(() => {
    document.title = `${title} · ${index.verdict}: ${index.site}`;
    if (shown.current !== view) {
      // A new view is a new page to whoever listens to it.
      shown.current = view;
      main.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  }, [view, title, index]);
  return (
    <RunContext.Provider value={{ index, pages }}>
      <a class="skip" href={location.hash || "#overview"} onClick={(event) => toMain(event, main.current)}>
        Skip to the content
      </a>
      <header class="bar">
        <p class="brand">
          <b>gonogo</b> <span>{index.site.replace(/^https:\/\//, "")}</span> <Lamp verdict={index.verdict} />
        </p>
        <nav aria-label="Views">
          {Object.entries(VIEWS).map(([name, one]) => (
            <a key={name} href={href(name as View)} aria-current={name === view ? "page" : undefined}>
              {one.title}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1} class={`view-${view}`}>
        <Show params={params} />
      </main>
    </RunContext.Provider>
  );
}

function toMain(event: Event, main: HTMLElement | null): void {
  event.preventDefault();
  main?.focus();
}
