// What the parts hold, field by field. They are written by checks/report/interactive/.

export type Verdict = "GO" | "NO-GO" | "CANNOT TELL" | "GO FOR REVIEW";

export interface Told {
  title: string;
  sentences: string[];
}

export interface Snippet {
  page: string;
  line: number;
  column: number;
  text: string;
}

export interface Cause {
  id: string;
  policy: string;
  title: string;
  message: string;
  severity: string;
  owner: string;
  fix: string;
  what: string;
  why: string;
  /** Lower is worse; 0 blocks the launch. */
  rank: number;
  blocking: number;
  launchBlocker: boolean;
  proposed: boolean;
  states: Record<string, number>;
  /** Since when it is known, in words; empty where it is new. */
  opened: string;
  findings: number;
  /** On how many pages; 0 for the site. */
  pages: number;
  first: string[];
  found: string;
  limit: string;
  signed: string[];
  clicks: number;
  conversions: number;
  reference: string[];
  files: string[];
  snippet: Snippet | null;
  /** How a review names it. */
  code: string;
  explain: string;
}

export interface Uncovered {
  path: string;
  why: string;
  owner: string;
}

export interface Policy {
  id: string;
  title: string;
  owner: string;
  severity: string;
  passed: number;
  failed: number;
  inapplicable: number;
  cannot_tell: number;
  why: string;
  proposed: boolean;
}

export interface Index {
  verdict: Verdict;
  site: string;
  /** Whether a browser took part. */
  rendered: boolean;
  folder: string;
  counts: { blocking: number; measured: number; signed_off: number };
  sentences: string[];
  poll: { owner: string; verdict: Verdict; words: string }[];
  notes: string[];
  told: Told[];
  judged: [string, string][];
  signOffs: Told[];
  offer: { lines: string[]; leftOut: number } | null;
  coverage: {
    /** State -> number of addresses: pages, redirects, and what pages link to. */
    counts: Record<string, number>;
    /** State -> how many of them are pages. */
    pages: Record<string, number>;
    failed: Uncovered[];
    excluded: Uncovered[];
    leftOut: Uncovered[];
    represented: Uncovered[];
  };
  policies: Policy[];
  causes: Cause[];
  totals: { causes: number; blocking: number };
}

/** A line about a page; what was not measured has `why` and nothing else. */
export interface PageLine {
  path: string;
  /** `read`: its HTML was, and no browser rendered it. `left-out`: the run was asked for others, and judged these only. */
  state: "measured" | "read" | "left-out" | "failed" | "excluded";
  why?: string;
  title?: string;
  status?: number | null;
  template?: string | null;
  indexable?: boolean | null;
  transfer?: number | null;
  lcp?: number | null;
  cls?: number | null;
  tbt?: number | null;
  rank?: number;
  findings?: number;
  /** Which causes of the index it has, by their number. */
  causes?: number[];
  full?: boolean;
}

/** In the order of the lines of the pages that were measured; empty where the site has too many links to tell. */
export interface Links {
  /** Clicks from the home page; null where no link leads there. */
  depth: (number | null)[];
  inlinks: number[];
}

export interface Target {
  policy: string;
  owner: string;
  least: number;
  met: boolean | null;
}

export interface Share {
  fact: string;
  label: string;
  /** One for each point of the course, the last one of this run. */
  values: (number | null)[];
  target: Target | null | undefined;
}

export interface Crawler {
  token: string;
  class: string;
  allowed: boolean | null;
  wanted: string | null;
}

export interface Figures {
  points: { day: string; name: string }[];
  shares: Share[];
  crawlers: Crawler[];
  headers: { pages: number; host: string; sends: boolean; with: { name: string; pages: number }[] };
  atRisk: { clicks: number; conversions: number; pages: number } | null;
}

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface PageFinding {
  policy: string;
  message: string;
  severity: string;
  state: string;
  owner: string;
  fix: string;
  blocking: boolean;
  /** Where in the facts it is, as a JSON Pointer. */
  pointer: string;
  explain: string;
  /** The id of its cause, which the index may not have: it has the worst ones. */
  cause: string;
  line: number | null;
  files: string[];
}

/** All that is known of a page. */
export interface PageFacts {
  facts: JsonObject;
  findings: PageFinding[];
  change: JsonObject | null;
}
