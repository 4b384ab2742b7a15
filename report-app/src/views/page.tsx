import { useEffect, useRef } from "preact/hooks";
import { href } from "../address";
import type { Json, JsonObject, PageFacts, PageFinding } from "../data";
import type { Placed } from "../folders";
import { hasFacts, LEVEL_WORDS, type Level } from "../marks";
import { usePart, useRun } from "../run";
import { Changes } from "../ui/changes";
import { Command } from "../ui/command";
import { Mark } from "../ui/mark";
import { Scroll } from "../ui/scroll";
import { Table } from "../ui/table";
import { Tree } from "../ui/tree";
import { Words } from "../ui/words";
import { at, isObject, shown } from "../values";
import { bytes, count, milliseconds, number } from "../words";
import { SearchResult, SocialCard } from "./previews";

/** Everything that is known of one page. */
export function PageView({ placed, number: which }: { placed: Placed; number: number; params: URLSearchParams }) {
  const { index, pages } = useRun();
  const { page, level, depth, inlinks } = placed;
  const about = usePart<PageFacts>(page.full ? `page-${which}` : "");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [page]);
  const run = index.folder === "gonogo-run" ? "" : ` --run ${index.folder}`;
  return (
    <article class="page">
      <p class="aside">
        <a href={href("pages")}>All {number(pages?.length ?? 0)} pages</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {page.path}
      </h1>
      <p class="about">
        <Mark level={level} label={false} /> <b>{LEVEL_WORDS[level]}</b>
        {page.title && <span>{page.title}</span>}
        {page.status != null && <span>HTTP {page.status}</span>}
        {page.transfer != null && <span>{bytes(page.transfer)}</span>}
        {page.lcp != null && <span>LCP {milliseconds(page.lcp)}</span>}
        {page.cls != null && <span>CLS {page.cls}</span>}
        {page.indexable != null && <span>{page.indexable ? "can be indexed" : "cannot be indexed"}</span>}
        {depth != null && <span>{depth === 0 ? "the home page" : `${count(depth, "click")} from the home page`}</span>}
        {depth === null && <span>no link leads here</span>}
        {inlinks !== undefined && <span>linked from {count(inlinks, "page")}</span>}
      </p>
      {page.why && <p>{page.why}</p>}
      {about ? (
        <Known about={about} path={page.path} />
      ) : (
        <>
          <Causes numbers={page.causes ?? []} />
          {!page.full && hasFacts(page) && (
            <p>
              The report holds the facts of the pages with the worst findings. Those of this one are in the run folder:
            </p>
          )}
        </>
      )}
      {page.full && (
        <p>
          <a href={href("workbench", { page: page.path })}>Make a rule about a fact of this page</a>
        </p>
      )}
      {hasFacts(page) && <Command text={`gonogo facts ${page.path}${run}`} label="the command that shows its facts" />}
    </article>
  );
}

function Causes({ numbers }: { numbers: number[] }) {
  const { causes } = useRun().index;
  return (
    <ul class="brief">
      {numbers.map((one) => {
        const cause = causes[one];
        return cause ? (
          <li key={one}>
            <a href={href("findings", { cause: cause.id })}>{cause.message}</a>
          </li>
        ) : null;
      })}
    </ul>
  );
}

function Known({ about, path }: { about: PageFacts; path: string }) {
  const { facts, findings, change } = about;
  const raw = (facts.raw ?? {}) as JsonObject;
  return (
    <>
      {findings.length > 0 && (
        <section>
          <h2>
            Findings <small>{number(findings.length)}</small>
          </h2>
          <ul class="page-findings">
            {findings.map((finding) => (
              <Finding key={finding.explain} finding={finding} />
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>As others see it</h2>
        <div class="previews">
          <SearchResult facts={facts} path={path} />
          <SocialCard facts={facts} path={path} />
        </div>
      </section>
      {change && (
        <section>
          <h2>
            Before and after <small>{shown(change.state)}</small>
          </h2>
          <Changes change={change} />
        </section>
      )}
      <section>
        <h2>
          As delivered, beside as rendered <small>what a crawler without scripts reads, and what a visitor gets</small>
        </h2>
        <Beside raw={raw} facts={facts} />
      </section>
      <Requests facts={facts} />
      <section>
        <h2>Structured data</h2>
        <Tree value={(facts.structured_data as Json) ?? null} name="structured_data" open />
      </section>
      <section>
        <h2>
          All facts <small>what a policy can speak about</small>
        </h2>
        <Tree value={facts} name="facts" open />
      </section>
    </>
  );
}

function Finding({ finding }: { finding: PageFinding }) {
  const cause = useRun().index.causes.find((one) => one.id === finding.cause);
  const level: Level = finding.blocking
    ? "blocks"
    : finding.state !== "new"
      ? "kept"
      : ((["error", "warning", "info"] as const).find((one) => one === finding.severity) ?? "kept");
  return (
    <li>
      <Mark level={level} />
      <div>
        <p>{cause ? <a href={href("findings", { cause: cause.id })}>{finding.message}</a> : finding.message}</p>
        <p class="aside">
          {[finding.owner, finding.policy, finding.state, finding.line ? `line ${finding.line}` : "", ...finding.files]
            .filter(Boolean)
            .join(" · ")}
        </p>
        {finding.fix && (
          <p class="aside">
            <Words text={finding.fix} />
          </p>
        )}
      </div>
    </li>
  );
}

const COMPARED: [string, (facts: JsonObject) => Json | undefined][] = [
  ["title", (facts) => at(facts, "title", "text")],
  ["description", (facts) => at(facts, "description", "text")],
  ["canonical", (facts) => at(facts, "canonical", "url")],
  ["robots", (facts) => at(facts, "robots", "directives")],
  ["h1", (facts) => at(facts, "headings", "h1")],
  ["language", (facts) => at(facts, "lang", "html")],
  ["words", (facts) => at(facts, "text", "words")],
  ["links", (facts) => at(facts, "links", "count")],
  ["structured data", (facts) => at(facts, "structured_data", "types")],
];

function Beside({ raw, facts }: { raw: JsonObject; facts: JsonObject }) {
  return (
    <Scroll label="What is delivered and what is rendered">
      <Table heads={["fact", "as delivered", "as rendered"]} class="beside-table">
        {COMPARED.map(([name, of]) => {
          const [one, other] = [shown(of(raw)), shown(of(facts))];
          return (
            <tr key={name} class={one === other ? "" : "differs"}>
              <th scope="row">
                {name}
                {one === other ? "" : <b> differs</b>}
              </th>
              <td>{one}</td>
              <td>{other}</td>
            </tr>
          );
        })}
      </Table>
    </Scroll>
  );
}

function Requests({ facts }: { facts: JsonObject }) {
  const items = at(facts, "requests", "items");
  if (!Array.isArray(items) || items.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>
        Requests <small>{number(items.length)}</small>
      </h2>
      <Scroll label="Requests" tall>
        <Table heads={["address", "type", "party", { number: "status" }, { number: "sent" }]}>
          {items.filter(isObject).map((item, index) => (
            <tr key={`${index} ${shown(item.url)}`}>
              <td>{shown(item.url)}</td>
              <td>{shown(item.type)}</td>
              <td>{shown(item.party)}</td>
              <td class="n">{shown(item.status)}</td>
              <td class="n">{typeof item.transfer === "number" ? bytes(item.transfer) : ""}</td>
            </tr>
          ))}
        </Table>
      </Scroll>
    </section>
  );
}
