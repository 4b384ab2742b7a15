import { useEffect, useRef } from "preact/hooks";
import { href, useAddress, type View } from "./address";
import type { Index, Links, PageLine } from "./data";
import { RunContext, usePart } from "./run";
import { Lamp } from "./ui/lamp";
import { FiguresView } from "./views/figures";
import { Findings } from "./views/findings";
import { Ledgers } from "./views/ledgers";
import { SiteMap } from "./views/map";
import { Overview } from "./views/overview";
import { Pages } from "./views/pages";
import { WorkbenchView } from "./workbench/workbench";

const VIEWS: Record<View, { title: string; show: (props: { params: URLSearchParams }) => preact.JSX.Element }> = {
  overview: { title: "Overview", show: Overview },
  findings: { title: "Findings", show: Findings },
  pages: { title: "Pages", show: Pages },
  map: { title: "Map", show: SiteMap },
  figures: { title: "Figures", show: FiguresView },
  ledgers: { title: "Ledgers", show: Ledgers },
  workbench: { title: "Workbench", show: WorkbenchView },
};

/** The frame around every view: whose report it is, the verdict, the way to the other views. */
export function Shell({ index }: { index: Index }) {
  const { view, params } = useAddress();
  const pages = usePart<PageLine[]>("pages");
  const links = usePart<Links>("links");
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
    <RunContext.Provider value={{ index, pages, links }}>
      <a class="skip" href={location.hash || "#/overview"} onClick={(event) => toMain(event, main.current)}>
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
