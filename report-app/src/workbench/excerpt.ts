import type { Fact, Facts, FactTable, Json, Policy, Schema } from "./data";
import { isListed, isPossible, keyOf } from "./facts";
import { type Judge, schemaOf } from "./judge";
import { isSchema, paths } from "./reads";

// Examples from the documents of the run: what a policy reads of one, and the same changed so that it comes to another
// end. As checks/judge/excerpt.py.

export type Part = { [name: string]: Json };

/** A policy, made ready to judge. */
export interface Ready {
  policy: Policy;
  judge: Judge;
}

export interface Subject extends Ready {
  table: FactTable;
  path: readonly string[];
  /** A text that the rule looks for; empty where it looks for none. */
  word: string;
}

/** How many members of lists and how many characters of texts are kept. */
const SIZES = [
  [2, 80],
  [4, 300],
  [12, 2000],
] as const;
const NUMBERS = new Set(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]);
const COUNTS = new Set(["minItems", "maxItems", "minLength", "maxLength"]);
const MOST_MEMBERS = 300;
const LONGEST = 10_000;

/** Returns what the policy reads of `document`, as short as it can be with the same outcome. */
export function excerpt({ policy, judge }: Ready, document: Facts): Part {
  const scope = policy["x-applies-to"] as Schema | undefined;
  const schema = schemaOf(policy);
  const defs = isSchema(schema.$defs) ? (schema.$defs as Record<string, Schema>) : {};
  const found = [...paths(schema, defs), ...paths(scope, defs)];
  const deepest = found.filter((path) => !found.some((other) => other.length > path.length && begins(other, path)));
  const wanted = policy["x-reads"] === "site" ? deepest : [["path"], ...deepest];
  const whole = parts(document as unknown as Part, wanted);
  const outcome = judge.outcomeOfPart(whole);
  const short = SIZES.map(([members, characters]) => cut(whole, members, characters) as Part);
  return short.find((each) => judge.outcomeOfPart(each) === outcome) ?? whole;
}

/** Returns `part` with its fact changed so that it comes to `wanted`; undefined where no change was found. */
export function turned({ policy, judge, table, path, word }: Subject, part: Part, wanted: string): Part | undefined {
  const key = keyOf(table, path);
  const fact = key === undefined ? undefined : table[key];
  if (key === undefined || !fact) {
    return undefined;
  }
  const there = path.reduce<Json | undefined>((value, name) => (isPart(value) ? value[name] : undefined), part);
  const longer: Json[] = word ? [`${typeof there === "string" ? there : ""} ${word}`.trim()] : [];
  for (const value of [...longer, ...candidates(schemaOf(policy), table, key, fact)]) {
    if (isPossible(fact, value)) {
      const changed = replaced(part, path, value, table, "") as Part;
      if (judge.outcomeOfPart(changed) === wanted) {
        return changed;
      }
    }
  }
  return undefined;
}

function begins(path: readonly string[], other: readonly string[]): boolean {
  return other.every((name, index) => path[index] === name);
}

function isPart(value: Json | undefined): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parts(document: Part, wanted: readonly (readonly string[])[]): Part {
  const part: Part = {};
  for (const path of wanted) {
    let source: Json | undefined = document;
    let target = part;
    for (const name of path.slice(0, -1)) {
      source = isPart(source) ? source[name] : undefined;
      if (isPart(source)) {
        const inner = target[name];
        const next: Part = isPart(inner) ? inner : {};
        target[name] = next;
        target = next;
      }
    }
    const last = path.at(-1) ?? "";
    if (isPart(source) && source[last] !== undefined) {
      target[last] = source[last];
    }
  }
  return part;
}

function cut(value: Json, members: number, characters: number, name = ""): Json {
  if (Array.isArray(value)) {
    return value.slice(0, members).map((each) => cut(each, members, characters));
  }
  if (isPart(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cut(each, members, characters, key)]));
  }
  return typeof value === "string" && name !== "path" ? [...value].slice(0, characters).join("") : value;
}

function replaced(value: Json | undefined, path: readonly string[], put: Json, table: FactTable, key: string): Json {
  const [name, ...rest] = path;
  if (name === undefined) {
    return put;
  }
  if (key !== "" && isListed(table, key)) {
    // All of them: a rule about members holds where every one of them holds it.
    const members = Array.isArray(value) && value.length ? value : [sample(table, key)];
    return members.map((member) => inside(member, name, rest, put, table, `${key}[]`));
  }
  return inside(value, name, rest, put, table, key);
}

function inside(
  value: Json | undefined,
  name: string,
  rest: readonly string[],
  put: Json,
  table: FactTable,
  holder: string,
): Json {
  const held = isPart(value) ? value : {};
  const direct = holder === "" ? name : `${holder}.${name}`;
  const next = Object.hasOwn(table, direct) ? direct : `${holder}.*`;
  return { ...held, [name]: replaced(held[name], rest, put, table, next) };
}

function sample(table: FactTable, list: string): Json {
  const member = table[`${list}[]`];
  if (!member?.types.includes("object")) {
    return !member || member.types.includes("string") ? "example" : 1;
  }
  const identity = table[list]?.identity;
  const named = identity === undefined ? undefined : table[`${list}[].${identity}`];
  if (identity === undefined || !named) {
    return {};
  }
  return { [identity]: named.choices?.[0] ?? (named.types.includes("string") ? "example" : 1) };
}

/** Yields values that may lie on one side or the other of what `schema` asks for. */
function* candidates(schema: Schema, table: FactTable, key: string, fact: Fact): Generator<Json> {
  const said = [...limits(schema)];
  const numbers = said.flatMap(([name, value]) => (name !== "const" && typeof value === "number" ? [value] : []));
  const constants = said.flatMap(([name, value]) => (name === "const" ? [value] : []));
  const near = numbers.flatMap((number) => [number - 1, number, number + 1]);
  const sizes = near.map((size) => Math.min(Math.max(0, Math.trunc(size)), LONGEST));
  yield* [...constants, ...(fact.choices ?? []), ...near];
  yield* constants.flatMap((value) => (typeof value === "string" ? [`${value} or another`] : []));
  yield* [null, true, false, "", 0, 1, "example", ...sizes.map((size) => "x".repeat(size))];
  if (fact.types.includes("array")) {
    const member = sample(table, key);
    const { identity } = fact;
    yield* [[], [member]];
    yield* constants.map((value) => [isPart(member) && identity !== undefined ? { [identity]: value } : value]);
    yield* sizes.filter((size) => size <= MOST_MEMBERS).map((size) => new Array<Json>(size).fill(member));
  }
}

/** Yields the limits and constants that stand anywhere in `schema`. */
function* limits(schema: unknown): Generator<[string, Json]> {
  if (Array.isArray(schema)) {
    for (const part of schema) {
      yield* limits(part);
    }
  }
  if (!isSchema(schema)) {
    return;
  }
  for (const [key, value] of Object.entries(schema)) {
    if (((NUMBERS.has(key) || COUNTS.has(key)) && typeof value === "number") || key === "const") {
      yield [key, value as Json];
    } else if (key === "enum" && Array.isArray(value)) {
      yield* value.map((each): [string, Json] => ["const", each]);
    } else {
      yield* limits(value);
    }
  }
}
