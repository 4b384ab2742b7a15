import type { Facts, FactTable, Kind, Policy, Schema } from "./data";
import { type About, lookedFor, type Phrase } from "./demands";
import { excerpt, turned } from "./excerpt";
import { factAt, isListed, keyOf } from "./facts";
import { Judge, type Judged, judged } from "./judge";

// A new policy out of what was chosen, as `gonogo policy new` writes it (checks/judge/draft.py).

export interface Scope {
  /** What the path must match; null for every page. */
  pattern: string | null;
  /** As part of a sentence: "under /shop/"; empty for every page. */
  said: string;
  /** As `gonogo policy new --pages` reads it. */
  written: string;
}

export interface Answers {
  reads: Kind;
  path: readonly string[];
  phrase: Phrase;
  values: readonly string[];
  scope: Scope;
  severity: string;
  owner: string;
  why: string;
  title: string;
  fix: string;
}

export interface Draft {
  policy: Policy;
  found: Judged;
  /** Why there is no example of one kind; empty where there are both. */
  lacks: string;
}

const VERBS = new Set(["is", "contains", "does", "matches"]);
const LONGEST_TITLE = 160;

/** "title.length is at most 65" */
export function sentence(answers: Answers): string {
  const must = answers.phrase.words(answers.values);
  const verb = VERBS.has(must.split(" ")[0] ?? "");
  return `${answers.path.join(".")} ${verb ? must : `is ${must}`}`;
}

/** Returns the policy with its examples, and what it finds. Throws Unclear, or SyntaxError for a pattern. */
export function draft(answers: Answers, table: FactTable, documents: readonly Facts[]): Draft {
  const bare = document(answers, table);
  const found = judged(bare, documents);
  const judge = new Judge(bare);
  const first = (paths: readonly string[]) => documents.find((one) => (one.path ?? "") === paths[0]);
  const passing = found.passed.length ? first(found.passed) : undefined;
  const failing = found.failed.length ? first(found.failed) : undefined;
  const shown = passing ?? failing;
  if (!shown) {
    return {
      policy: bare,
      found,
      lacks: "No page here can show it: the rule is about none, or the fact was not measured.",
    };
  }
  const word = lookedFor(answers.phrase, answers.values);
  const about = { policy: bare, judge, table, path: answers.path, word };
  const good = passing ? excerpt(about, passing) : turned(about, excerpt(about, shown), "passed");
  const bad = failing ? excerpt(about, failing) : turned(about, excerpt(about, shown), "failed");
  const lacks = good && bad ? "" : `No value was found with which it would ${good ? "fail" : "hold"}.`;
  return { policy: { ...bare, examples: good ? [good] : [], "x-counterexamples": bad ? [bad] : [] }, found, lacks };
}

function document(answers: Answers, table: FactTable): Policy {
  const { scope } = answers;
  const key = keyOf(table, answers.path);
  const fact = factAt(table, answers.path);
  if (key === undefined || !fact) {
    throw new Error(`no fact ${answers.path.join(".")}`);
  }
  const about: About = { table, key, fact };
  const says = sentence(answers);
  const title = answers.title.trim() || `${says}${scope.said ? ` ${scope.said}` : ""}`;
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: [...title].slice(0, LONGEST_TITLE).join(""),
    description: answers.why.trim() || "Nobody has said yet why it matters.",
    "x-reads": answers.reads,
    "x-severity": answers.severity,
    "x-owner": answers.owner,
    "x-fix": answers.fix.trim() || `Mend it so that this holds: ${says}.`,
    ...(scope.pattern === null ? {} : { "x-applies-to": { properties: { path: { pattern: scope.pattern } } } }),
    ...nested(table, "", answers.path, answers.phrase.schema(about, answers.values)),
    examples: [],
    "x-counterexamples": [],
  };
}

function nested(table: FactTable, key: string, path: readonly string[], inner: Schema): Schema {
  const [name, ...rest] = path;
  if (name === undefined) {
    return inner;
  }
  const listed = key !== "" && isListed(table, key);
  const holder = listed ? `${key}[]` : key;
  const direct = holder === "" ? name : `${holder}.${name}`;
  const next = Object.hasOwn(table, direct) ? direct : `${holder}.*`;
  const part = { properties: { [name]: nested(table, next, rest, inner) } };
  return listed ? { items: part } : part;
}

/** What a page's rule can be about: this page, the folders that it lies in, every page. */
export function scopesOf(path: string): Scope[] {
  const bare = path.split("?")[0] ?? "/";
  const parts = bare.split("/").slice(1, -1);
  const folders = parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}/`).reverse();
  return [
    { pattern: null, said: "", written: "" },
    ...folders.map((folder) => ({
      pattern: `^${plain(folder)}`,
      said: `under ${folder}`,
      written: `every page under ${folder}`,
    })),
    { pattern: `^${plain(bare)}(?:\\?.*)?$`, said: `on ${bare}`, written: bare },
  ];
}

function plain(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}

/** What a policy's file can be called: small letters, digits and hyphens, in folders. */
export function isName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*$/.test(name) && !/^coverage(\/|$)/.test(name);
}

export function proposedName(answers: Answers, taken: ReadonlySet<string>): string {
  const words = `${answers.path.join("-")} ${answers.phrase.id} ${answers.scope.said}`;
  const slug = words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  const name = `own/${slug || "rule"}`;
  return taken.has(name) ? `${name}-2` : name;
}

/** The text of the policy's file. */
export function fileOf(policy: Policy): string {
  return `${JSON.stringify(policy, null, 2)}\n`;
}
