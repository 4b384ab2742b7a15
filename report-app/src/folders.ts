import type { Links, PageLine } from "./data";
import { LEVELS, type Level, levelOf } from "./marks";

// Pages by folder and link depth: data in, data out.

/** A page with its place in the site. */
export interface Placed {
  page: PageLine;
  level: Level;
  /** Clicks from the home page; null: no link leads there; undefined: not known. */
  depth: number | null | undefined;
  inlinks: number | undefined;
}

export function placed(pages: readonly PageLine[], links: Links | undefined): Placed[] {
  return pages.map((page, index) => ({
    page,
    level: levelOf(page),
    depth: links?.depth[index],
    inlinks: links?.inlinks[index],
  }));
}

export interface Row {
  /** Such as /blog/; the pages in it and below. */
  folder: string;
  pages: Placed[];
  /** Whether there are folders below. */
  deeper: boolean;
}

/** Returns the folders right below `above`, largest first, and before them the pages that lie in it. */
export function foldersIn(pages: readonly Placed[], above: string): Row[] {
  const own: Placed[] = [];
  const below = new Map<string, Placed[]>();
  for (const one of pages) {
    const { path } = one.page;
    if (!path.startsWith(above)) {
      continue;
    }
    const end = path.indexOf("/", above.length);
    const folder = end === -1 ? "" : path.slice(0, end + 1);
    if (folder === "") {
      own.push(one);
    } else {
      const inside = below.get(folder) ?? [];
      inside.push(one);
      below.set(folder, inside);
    }
  }
  const rows: Row[] = [];
  for (const [folder, inside] of below) {
    // A folder with one page is that page.
    if (inside.length === 1) {
      own.push(...inside);
    } else {
      rows.push({ folder, pages: inside, deeper: true });
    }
  }
  rows.sort((one, other) => other.pages.length - one.pages.length || one.folder.localeCompare(other.folder));
  return own.length ? [{ folder: above, pages: own, deeper: false }, ...rows] : rows;
}

/** Where a page stands in the columns of the map. */
export function columnOf(depth: number | null | undefined, columns: number): number {
  return depth === null || depth === undefined ? columns : Math.min(depth, columns - 1);
}

/** How many pages there are of each level, worst first; levels without pages are left out. */
export function levelsOf(pages: readonly Placed[]): [Level, number][] {
  return LEVELS.map((level): [Level, number] => [level, pages.filter((one) => one.level === level).length]).filter(
    ([, often]) => often > 0,
  );
}
