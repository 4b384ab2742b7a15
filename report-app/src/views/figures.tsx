import { href } from "../address";
import type { Crawler, Figures, Share } from "../data";
import { usePart, useRun } from "../run";
import { Course } from "../ui/course";
import { Distribution } from "../ui/distribution";
import { Scroll } from "../ui/scroll";
import { Table } from "../ui/table";
import { atRisk, bytes, count, milliseconds, number, percent } from "../words";

/** The figures that both teams look at. */
export function FiguresView() {
  const { pages } = useRun();
  const figures = usePart<Figures>("figures");
  if (!figures || !pages) {
    return <p class="empty">Reading the figures …</p>;
  }
  const shares = figures.shares.filter((share) => share.target || share.values.some((value) => value !== null));
  const risk = figures.atRisk ? atRisk(figures.atRisk.clicks, figures.atRisk.conversions) : "";
  return (
    <>
      <h1>Figures</h1>
      {risk && figures.atRisk && (
        <section>
          <h2>At risk</h2>
          <p class="why">{risk}</p>
          <p>
            What blocking findings put at risk, on {count(figures.atRisk.pages, "page")}, each counted once.{" "}
            <a href={href("findings", { severity: "blocking" })}>Their causes</a>
          </p>
        </section>
      )}
      {shares.length > 0 && (
        <section>
          <h2>
            Shares of the pages <small>{figures.points.length > 1 && courseOf(figures)}</small>
          </h2>
          <ul class="shares">
            {shares.map((share) => (
              <ShareFigure key={share.fact} share={share} days={figures.points.map((point) => point.day)} />
            ))}
          </ul>
        </section>
      )}
      <Distribution
        title="Weight by template"
        about="what the host sends for a page and all that it loads"
        pages={pages}
        value={(page) => page.transfer}
        said={bytes}
      />
      <Distribution
        title="Largest contentful paint by template"
        about="several pages were rendered at once: good for comparing, not for boasting"
        pages={pages}
        value={(page) => page.lcp}
        said={milliseconds}
      />
      <Distribution
        title="Layout shift (CLS) by template"
        about="0.1 and below is good"
        pages={pages}
        value={(page) => page.cls}
        said={(value) => value.toFixed(2)}
      />
      <Crawlers crawlers={figures.crawlers} />
      <Headers headers={figures.headers} />
    </>
  );
}

function courseOf({ points }: Figures): string {
  return `${count(points.length, "run")}, from ${points[0]?.day} to ${points.at(-1)?.day}`;
}

function ShareFigure({ share, days }: { share: Share; days: string[] }) {
  const value = share.values.at(-1) ?? null;
  const { target } = share;
  return (
    <li>
      <b>{value === null ? "not known" : percent(value)}</b> <span>{share.label}</span>
      <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
        <rect width={100 * (value ?? 0)} height="6" />
        {target && <path d={`M${100 * target.least} 0v6`} />}
      </svg>
      {target && (
        <span class="aside">
          target {percent(target.least)}, {target.owner}:{" "}
          <b class={target.met ? "go" : target.met === false ? "no-go" : "cannot-tell"}>
            {target.met ? "reached" : target.met === false ? "missed" : "not known"}
          </b>
        </span>
      )}
      {share.values.length > 1 && <Course share={share} days={days} />}
    </li>
  );
}

const CLASSES: Record<string, string> = {
  search: "search engines",
  "ai-search": "AI search",
  "ai-user": "AI, when a user asks",
  "ai-train": "AI training",
  control: "controls, such as Google-Extended",
  preview: "link previews",
  archive: "archives",
  tool: "tools",
  retired: "retired names",
};

function Crawlers({ crawlers }: { crawlers: Crawler[] }) {
  if (crawlers.length === 0) {
    return null;
  }
  const classes = [...Object.keys(CLASSES), ...new Set(crawlers.map((one) => one.class))];
  const rows = [...new Set(classes)]
    .map((name) => ({ name, members: crawlers.filter((one) => one.class === name) }))
    .filter(({ members }) => members.length > 0);
  return (
    <section>
      <h2>
        Who may crawl <small>what robots.txt says of the home page</small>
      </h2>
      <Scroll label="Who may crawl">
        <Table heads={["crawlers", "may", "may not"]} class="crawlers">
          {rows.map(({ name, members }) => (
            <tr key={name}>
              <th scope="row">{CLASSES[name] ?? name}</th>
              <td>{tokens(members.filter((one) => one.allowed))}</td>
              <td>{tokens(members.filter((one) => !one.allowed))}</td>
            </tr>
          ))}
        </Table>
      </Scroll>
    </section>
  );
}

function tokens(crawlers: Crawler[]): string {
  return crawlers.map((one) => one.token).join(", ") || "–";
}

function Headers({ headers }: { headers: Figures["headers"] }) {
  if (headers.pages === 0) {
    return null;
  }
  return (
    <section>
      <h2>
        Headers <small>as {headers.sends ? `${headers.host} would send them` : "the pages say themselves"}</small>
      </h2>
      {!headers.sends && (
        <p>The host is “{headers.host}”, which sends no headers of its own: only what stands in the pages counts.</p>
      )}
      <Table heads={["what", { number: "pages with it" }]} class="narrow">
        {headers.with.map((one) => (
          <tr key={one.name}>
            <th scope="row">{one.name}</th>
            <td class="n">
              {number(one.pages)} of {number(headers.pages)}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
