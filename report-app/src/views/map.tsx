import { useMemo } from "preact/hooks";
import { href } from "../address";
import { columnOf, foldersIn, levelsOf, type Placed, placed, type Row } from "../folders";
import { LEVEL_WORDS, LEVELS } from "../marks";
import { useRun } from "../run";
import { Mark } from "../ui/mark";
import { Scroll } from "../ui/scroll";
import { count, number } from "../words";

const COLUMNS = 5; // 0, 1, 2, 3, and 4 or more clicks
const SINGLY = 36; // pages in a cell that each have a mark of their own

/** Pages by folder (down) and by clicks from the home page (across), each as its worst finding. */
export function SiteMap({ params }: { params: URLSearchParams }) {
  const { pages, links } = useRun();
  const all = useMemo(() => placed(pages ?? [], links), [pages, links]);
  const folder = params.get("folder") || "/";
  const rows = useMemo(() => foldersIn(all, folder), [all, folder]);
  const orphans = all.filter((one) => one.depth === null);
  if (!pages) {
    return <p class="empty">Reading the pages …</p>;
  }
  return (
    <>
      <h1>
        Site map <small>{count(all.length, "page")}</small>
      </h1>
      <Legend all={all} />
      {orphans.length > 0 && (
        <p>
          <a href={href("pages", { depth: "none" })}>{count(orphans.length, "page")} that no link leads to</a>, counted
          in the last column.
        </p>
      )}
      <Way folder={folder} />
      <Scroll label="Pages by folder and clicks from the home page">
        <table class="map">
          <thead>
            <tr>
              <th scope="col">folder</th>
              {Array.from({ length: COLUMNS }, (_, depth) => (
                <th scope="col" key={depth}>
                  {depth === 0
                    ? "home"
                    : `${depth}${depth === COLUMNS - 1 ? " or more" : ""} ${depth === 1 ? "click" : "clicks"}`}
                </th>
              ))}
              <th scope="col">{links?.depth.length ? "no link leads there" : "not known"}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <FolderRow key={`${row.folder} ${row.deeper}`} row={row} above={folder} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}

function FolderRow({ row, above }: { row: Row; above: string }) {
  const cells = Array.from({ length: COLUMNS + 1 }, (_, column) =>
    row.pages.filter((one) => columnOf(one.depth, COLUMNS) === column),
  );
  const own = row.folder === above;
  return (
    <tr>
      <th scope="row">
        {row.deeper && !own ? (
          <a href={href("map", { folder: row.folder })}>{row.folder}</a>
        ) : (
          <span>{own ? `${row.folder} itself` : row.folder}</span>
        )}
        <small>{number(row.pages.length)}</small>
      </th>
      {cells.map((pages, column) => (
        <td key={column}>
          <Cell pages={pages} folder={row.folder} depth={column === COLUMNS ? "none" : String(column)} />
        </td>
      ))}
    </tr>
  );
}

function Cell({ pages, folder, depth }: { pages: Placed[]; folder: string; depth: string }) {
  if (pages.length === 0) {
    return null;
  }
  const sorted = [...pages].sort((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
  if (pages.length <= SINGLY) {
    return (
      <div class="cell">
        {sorted.map(({ page, level }) => (
          <a
            key={page.path}
            href={href("pages", { page: page.path })}
            title={page.path}
            aria-label={`${page.path}: ${LEVEL_WORDS[level]}`}
          >
            <Mark level={level} label={false} />
          </a>
        ))}
      </div>
    );
  }
  return (
    <a class="many" href={href("pages", { folder, depth })}>
      <span class="stack" aria-hidden="true">
        {levelsOf(pages).map(([level, often]) => (
          <span key={level} class={`mark ${level}`} style={{ flexGrow: often }} />
        ))}
      </span>
      {levelsOf(pages).map(([level, often]) => (
        <span key={level} class="often">
          <Mark level={level} /> {number(often)}
        </span>
      ))}
    </a>
  );
}

function Legend({ all }: { all: Placed[] }) {
  return (
    <ul class="legend" aria-label="What the marks mean">
      {levelsOf(all).map(([level, often]) => (
        <li key={level}>
          <a href={href("pages", { level })}>
            <Mark level={level} label={false} /> {LEVEL_WORDS[level]} <small>{number(often)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The folders above the one that is shown. */
function Way({ folder }: { folder: string }) {
  if (folder === "/") {
    return null;
  }
  const parts = folder.split("/").filter(Boolean);
  return (
    <nav class="way" aria-label="Folders above">
      <a href={href("map")}>/</a>
      {parts.map((part, index) => {
        const there = `/${parts.slice(0, index + 1).join("/")}/`;
        return (
          <a key={there} href={href("map", { folder: there })} aria-current={there === folder ? "page" : undefined}>
            {part}/
          </a>
        );
      })}
    </nav>
  );
}
