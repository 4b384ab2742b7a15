import type { Cause, PageLine } from "./data";
import { familyOf } from "./marks";

// Which causes a view shows: data in, data out.

/** The filters of the address; what is empty or not there lets everything through. */
export interface Filters {
  owner: string;
  family: string;
  severity: string;
  state: string;
  page: string;
  q: string;
}

export function filtersOf(params: URLSearchParams): Filters {
  const of = (name: string) => params.get(name) ?? "";
  return {
    owner: of("owner"),
    family: of("family"),
    severity: of("severity"),
    state: of("state"),
    page: of("page"),
    q: of("q"),
  };
}

/** Returns the causes that pass every filter, in their order. */
export function filtered(causes: readonly Cause[], filters: Filters, pages: readonly PageLine[] | undefined): Cause[] {
  const words = filters.q.toLowerCase().split(/\s+/).filter(Boolean);
  const onPage = filters.page ? causesOn(pages, filters.page) : undefined;
  return causes.filter(
    (cause, index) =>
      (!filters.owner || cause.owner === filters.owner) &&
      (!filters.family || familyOf(cause) === filters.family) &&
      (!filters.severity || isOfSeverity(cause, filters.severity)) &&
      (!filters.state || (cause.states[filters.state] ?? 0) > 0) &&
      (!onPage || onPage.has(index)) &&
      (words.length === 0 || holds(cause, words)),
  );
}

/** Returns the numbers of the causes on pages whose address holds `text`. */
export function causesOn(pages: readonly PageLine[] | undefined, text: string): Set<number> {
  const wanted = text.toLowerCase();
  return new Set(
    (pages ?? []).filter((page) => page.path.toLowerCase().includes(wanted)).flatMap((page) => page.causes ?? []),
  );
}

/** Returns the pages that a cause is on. */
export function pagesWith(pages: readonly PageLine[] | undefined, cause: number): PageLine[] {
  return (pages ?? []).filter((page) => page.causes?.includes(cause));
}

/** Returns the values that there are, each once, sorted, with how often. */
export function tally(values: readonly string[]): [string, number][] {
  const counted = new Map<string, number>();
  for (const value of values) {
    counted.set(value, (counted.get(value) ?? 0) + 1);
  }
  return [...counted].sort(([one], [other]) => one.localeCompare(other));
}

function isOfSeverity(cause: Cause, severity: string): boolean {
  return severity === "blocking" ? cause.blocking > 0 : cause.severity === severity;
}

function holds(cause: Cause, words: readonly string[]): boolean {
  const text = [cause.message, cause.policy, cause.title, cause.what, cause.owner, ...cause.first]
    .join("\n")
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
