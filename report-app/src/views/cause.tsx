import type { Ref } from "preact";
import { useMemo, useState } from "preact/hooks";
import { href } from "../address";
import type { Cause, PageFacts } from "../data";
import { pagesWith } from "../filters";
import { LEVEL_WORDS, levelOf, levelOfRank } from "../marks";
import { usePart, useRun } from "../run";
import { Changes } from "../ui/changes";
import { Command } from "../ui/command";
import { Mark } from "../ui/mark";
import { Pictures } from "../ui/pictures";
import { VirtualList } from "../ui/virtual-list";
import { Words } from "../ui/words";
import { atRisk, count, number } from "../words";

const ROW = 32; // pixels
const FEW = 8; // pages that need no search

/** One cause: what is wrong, why it matters, how to mend it, where it stands, and what to do about it. */
export function CauseDetail({ cause, heading }: { cause: Cause; heading: Ref<HTMLElement> }) {
  const { index } = useRun();
  const level = levelOfRank(cause.rank);
  const states = Object.entries(cause.states).filter(([state]) => state !== "new");
  return (
    <article class={`cause ${level}`} aria-labelledby={`${cause.id}-what`}>
      <p class="about">
        <Mark level={level} label={false} /> <b>{cause.launchBlocker ? "launch blocker" : LEVEL_WORDS[level]}</b>
        <span>{cause.owner}</span>
        <span>{cause.pages ? count(cause.pages, "page") : "the site"}</span>
        {cause.findings > Math.max(1, cause.pages) && <span>{count(cause.findings, "finding")}</span>}
        {states.map(([state, often]) => (
          <span key={state}>
            {number(often)} {state}
          </span>
        ))}
        {cause.proposed && <span>proposed</span>}
        {cause.opened && <span>{cause.opened}</span>}
        {atRisk(cause.clicks, cause.conversions) && <span>{atRisk(cause.clicks, cause.conversions)}</span>}
      </p>
      <h2 id={`${cause.id}-what`} ref={heading as Ref<HTMLHeadingElement>} tabIndex={-1}>
        {cause.message}
      </h2>
      <p class="rule">
        {cause.title} <code>{cause.policy}</code>
      </p>
      {cause.signed.map((said) => (
        <p class="signed" key={said}>
          {said}
        </p>
      ))}
      {(cause.found || cause.limit) && (
        <dl class="values">
          {cause.found && <Value name="found" value={cause.found} />}
          {cause.limit && <Value name="limit" value={cause.limit} />}
        </dl>
      )}
      {cause.why && <Section title="Why it matters" text={cause.why} />}
      {cause.fix && <Section title="How to mend it" text={cause.fix} />}
      <Where cause={cause} />
      <Pictures cause={cause} />
      <BeforeAndAfter number={index.causes.indexOf(cause)} />
      <Pages cause={cause} number={index.causes.indexOf(cause)} />
      <Do cause={cause} />
      {cause.reference.length > 0 && (
        <section>
          <h3>Read more</h3>
          <ul>
            {cause.reference.map((address) => (
              <li key={address}>
                <a href={address} rel="noreferrer">
                  {address}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </article>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Section({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3>{title}</h3>
      <p>
        <Words text={text} />
      </p>
    </section>
  );
}

/** Where it stands: in the delivered HTML, and in the source where that is known. */
function Where({ cause }: { cause: Cause }) {
  const { snippet, files } = cause;
  if (!snippet && files.length === 0) {
    return null;
  }
  return (
    <section>
      <h3>Where it stands</h3>
      {snippet && (
        <figure class="snippet">
          <figcaption>
            {snippet.page}, line {snippet.line}, column {snippet.column} of the delivered HTML
          </figcaption>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <pre tabIndex={0}>{snippet.text}</pre>
        </figure>
      )}
      {files.map((file) => (
        <Command key={file} text={file} label={`source file ${file}`} />
      ))}
    </section>
  );
}

/** What the release changes of the first page of a cause, where the run was compared and the file has all of that page. */
function BeforeAndAfter({ number: which }: { number: number }) {
  const { pages } = useRun();
  const first = useMemo(() => pagesWith(pages, which).find((page) => page.full), [pages, which]);
  const about = usePart<PageFacts>(first ? `page-${(pages ?? []).indexOf(first)}` : "");
  if (!first || !about?.change) {
    return null;
  }
  return (
    <section>
      <h3>
        Before and after <small>{first.path}</small>
      </h3>
      <Changes change={about.change} />
    </section>
  );
}

function Pages({ cause, number: which }: { cause: Cause; number: number }) {
  const { pages } = useRun();
  const [text, setText] = useState("");
  const all = useMemo(() => pagesWith(pages, which), [pages, which]);
  const shown = text ? all.filter((page) => page.path.toLowerCase().includes(text.toLowerCase())) : all;
  if (all.length === 0) {
    return cause.first.length > 0 ? (
      <section>
        <h3>Pages</h3>
        <ul>
          {cause.first.map((path) => (
            <li key={path}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      </section>
    ) : null;
  }
  return (
    <section>
      <h3>
        Pages <small>{number(all.length)}</small>
      </h3>
      {all.length > FEW && (
        <label class="choice search">
          <span>Search in these pages{text && <>, {number(shown.length)} found</>}</span>
          <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </label>
      )}
      <VirtualList
        items={shown}
        rowHeight={ROW}
        label={`Pages with: ${cause.message}`}
        row={(page) => (
          <a class="path" href={href("pages", { page: page.path })}>
            <Mark level={levelOf(page)} /> {page.path}
          </a>
        )}
      />
    </section>
  );
}

/** The commands that look closer, try and sign. */
function Do({ cause }: { cause: Cause }) {
  const { index } = useRun();
  const run = index.folder === "gonogo-run" ? "" : ` --run ${index.folder}`;
  const { lines = [] } = index.offer ?? {};
  const line = cause.code ? lines.find((one) => one.includes(cause.code)) : undefined;
  return (
    <section>
      <h3>What to do</h3>
      <p class="aside">Look closer</p>
      <Command text={`gonogo explain ${cause.explain}${run}`} label="the command that explains it" />
      {cause.policy.includes("/") && (
        <>
          <p class="aside">Read the rule, or try another one on this run</p>
          <Command text={`gonogo policy show ${cause.policy}`} label="the command that shows the rule" />
        </>
      )}
      {cause.blocking > 0 && (
        <p>
          <a href={href("workbench", { do: "sign-off", cause: cause.id })}>Sign for it in the workbench</a>
        </p>
      )}
      {line && (
        <>
          <p class="aside">Sign for it, in a review that approves the pull request</p>
          <Command text={line.trim()} label="the line that signs for it" />
        </>
      )}
    </section>
  );
}
