import { useEffect, useMemo, useRef } from "preact/hooks";
import { change, href } from "../address";
import type { Cause } from "../data";
import { type Filters, filtered, filtersOf, tally } from "../filters";
import { familyOf, levelOfRank } from "../marks";
import { useRun } from "../run";
import { Choice, Search } from "../ui/choice";
import { Mark } from "../ui/mark";
import { atRisk, count, number } from "../words";
import { CauseDetail } from "./cause";

/** Findings by cause: a list that filters narrow, and the one that was chosen beside it. */
export function Findings({ params }: { params: URLSearchParams }) {
  const { index, pages } = useRun();
  const filters = filtersOf(params);
  const key = JSON.stringify(filters);
  const shown = useMemo(() => filtered(index.causes, filters, pages), [index, pages, key]);
  const chosen = index.causes.find((cause) => cause.id === params.get("cause"));
  return (
    <div class={chosen ? "findings chosen" : "findings"}>
      <div class="side">
        <h1>
          Findings <small>{said(shown.length, index.causes.length, index.totals.causes)}</small>
        </h1>
        <Bar filters={filters} />
        <List causes={shown} chosen={chosen} params={params} />
      </div>
      <div class="detail">
        {chosen ? (
          <Chosen cause={chosen} params={params} />
        ) : (
          <p class="empty">Choose a cause to see what it is, why it matters, where it stands and how to mend it.</p>
        )}
      </div>
    </div>
  );
}

function said(shown: number, there: number, total: number): string {
  const beyond = total > there ? `; the worst ${number(there)} of ${number(total)} are here` : "";
  return shown === there
    ? `${count(total, "cause")}${beyond}`
    : `${number(shown)} of ${count(there, "cause")}${beyond}`;
}

function Bar({ filters }: { filters: Filters }) {
  const { causes } = useRun().index;
  const numbered = (values: string[]) => tally(values).map(([value, often]) => [value, `${value} (${often})`] as const);
  const options = useMemo(
    () => ({
      owner: numbered(causes.map((cause) => cause.owner)),
      family: numbered(causes.map(familyOf)),
      severity: [
        ["blocking", `blocking (${causes.filter((cause) => cause.blocking > 0).length})`] as const,
        ...numbered(causes.map((cause) => cause.severity)),
      ],
      state: numbered(causes.flatMap((cause) => Object.keys(cause.states))),
    }),
    [causes],
  );
  const active = Object.values(filters).some(Boolean);
  return (
    <search class="filters">
      <Search name="q" label="Search" value={filters.q} />
      {(["owner", "family", "severity", "state"] as const).map((name) => (
        <Choice key={name} name={name} label={name} value={filters[name]} options={options[name]} />
      ))}
      <Search name="page" label="on page" value={filters.page} />
      {active && (
        <button
          type="button"
          onClick={() => change({ q: "", owner: "", family: "", severity: "", state: "", page: "" })}
        >
          Clear filters
        </button>
      )}
    </search>
  );
}

function List({ causes, chosen, params }: { causes: Cause[]; chosen: Cause | undefined; params: URLSearchParams }) {
  if (causes.length === 0) {
    return <p class="empty">Nothing passes these filters.</p>;
  }
  return (
    <ul class="causes" aria-label="Causes, worst first">
      {causes.map((cause) => (
        <li key={cause.id}>
          <a href={at(params, cause.id)} aria-current={cause === chosen ? "true" : undefined}>
            <Mark level={levelOfRank(cause.rank)} />
            <span>
              <span class="message">{cause.message}</span>
              <span class="aside">
                {[
                  cause.policy,
                  cause.pages ? count(cause.pages, "page") : "the site",
                  atRisk(cause.clicks, cause.conversions),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function at(params: URLSearchParams, cause: string): string {
  const changed = new URLSearchParams(params);
  changed.set("cause", cause);
  return href("findings", changed);
}

function Chosen({ cause, params }: { cause: Cause; params: URLSearchParams }) {
  const heading = useRef<HTMLElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: false }), [cause]);
  return (
    <>
      <p class="back">
        <a href={at(params, "")}>Back to the list</a>
      </p>
      <CauseDetail cause={cause} heading={heading} />
    </>
  );
}
