import { useMemo } from "preact/hooks";
import { change, href } from "../address";
import { type Placed, placed } from "../folders";
import { hasFacts, LEVEL_WORDS, LEVELS } from "../marks";
import { useRun } from "../run";
import { Choice, Search } from "../ui/choice";
import { Mark } from "../ui/mark";
import { VirtualList } from "../ui/virtual-list";
import { bytes, count, milliseconds, number } from "../words";
import { PageView } from "./page";

const ROW = 44; // pixels

const ORDERS: Record<string, { words: string; by: (one: Placed) => number | string }> = {
  worst: {
    words: "worst first",
    by: (one) => (hasFacts(one.page) ? 1e6 * (one.page.rank ?? 98) - (one.page.findings ?? 0) : -1),
  },
  findings: { words: "most findings", by: (one) => -(one.page.findings ?? 0) },
  weight: { words: "heaviest", by: (one) => -(one.page.transfer ?? 0) },
  lcp: { words: "slowest (LCP)", by: (one) => -(one.page.lcp ?? 0) },
  depth: { words: "farthest from home", by: (one) => -(one.depth ?? 9999) },
  path: { words: "by address", by: (one) => one.page.path },
};

/** Every page of the run, searchable; with `page` in the address, all that is known of that one. */
export function Pages({ params }: { params: URLSearchParams }) {
  const { pages, links } = useRun();
  const all = useMemo(() => placed(pages ?? [], links), [pages, links]);
  const path = params.get("page");
  if (!pages) {
    return <p class="empty">Reading the pages …</p>;
  }
  if (path !== null && path !== "") {
    const number = pages.findIndex((page) => page.path === path);
    const one = all[number];
    return one ? <PageView placed={one} number={number} params={params} /> : <Unknown path={path} />;
  }
  return <List all={all} params={params} />;
}

function Unknown({ path }: { path: string }) {
  return (
    <p class="empty">
      This run knows no page at <code>{path}</code>. <a href={href("pages")}>All pages</a>
    </p>
  );
}

function List({ all, params }: { all: Placed[]; params: URLSearchParams }) {
  const of = (name: string) => params.get(name) ?? "";
  const [q, level, folder, depth, sort] = [of("q"), of("level"), of("folder"), of("depth"), of("sort") || "worst"];
  const shown = useMemo(() => {
    const text = q.toLowerCase();
    const found = all.filter(
      (one) =>
        (!level || one.level === level) &&
        one.page.path.startsWith(folder) &&
        (!depth || (depth === "none" ? one.depth === null : String(one.depth) === depth)) &&
        (!text || one.page.path.toLowerCase().includes(text) || one.page.title?.toLowerCase().includes(text)),
    );
    const by = (ORDERS[sort] ?? ORDERS.worst)?.by;
    return by ? found.sort((one, other) => compare(by(one), by(other))) : found;
  }, [all, q, level, folder, depth, sort]);
  return (
    <>
      <h1>
        Pages{" "}
        <small>
          {shown.length === all.length
            ? count(all.length, "page")
            : `${number(shown.length)} of ${count(all.length, "page")}`}
        </small>
      </h1>
      <search class="filters">
        <Search name="q" label="Search address or title" value={q} />
        <Choice
          name="level"
          label="worst finding"
          value={level}
          options={LEVELS.filter((one) => all.some((page) => page.level === one)).map((one) => [one, LEVEL_WORDS[one]])}
        />
        <Choice
          name="sort"
          label="order"
          value={sort}
          all=""
          options={Object.entries(ORDERS).map(([name, { words }]) => [name, words])}
        />
        {(folder || depth) && (
          <button type="button" onClick={() => change({ folder: "", depth: "" })}>
            {folder && `in ${folder}`} {depth && `at depth ${depth}`} · show all
          </button>
        )}
      </search>
      <div class="pages-list">
        <VirtualList items={shown} rowHeight={ROW} label="Pages" row={(one) => <Line placed={one} />} />
      </div>
    </>
  );
}

function Line({ placed: { page, level, depth } }: { placed: Placed }) {
  return (
    <a class="page-line" href={href("pages", { page: page.path })}>
      <Mark level={level} />
      <span class="where">
        <span>{page.path}</span>
        <span class="aside">{page.title || page.why}</span>
      </span>
      <span class="n">{page.findings ? count(page.findings, "finding") : ""}</span>
      <span class="n wide">{page.state === "measured" ? bytes(page.transfer) : ""}</span>
      <span class="n wide">{page.lcp ? `LCP ${milliseconds(page.lcp)}` : ""}</span>
      <span class="n wide">
        {depth === null ? "no link leads here" : depth === undefined ? "" : count(depth, "click")}
      </span>
    </a>
  );
}

function compare(one: number | string, other: number | string): number {
  return typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
}
