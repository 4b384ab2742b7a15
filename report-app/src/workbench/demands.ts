import type { Fact, FactTable, Json, Schema } from "./data";
import { allows, memberOf } from "./facts";

// What must hold of a fact, in words: the closed list of checks/judge/demands.py, which a test holds this one to.

export type Input = "none" | "number" | "numbers" | "word" | "words" | "text" | "pattern";

export interface Phrase {
  id: string;
  /** How it is offered for this fact. */
  label: (fact: Fact) => string;
  input: Input;
  fits: (fact: Fact) => boolean;
  /** As `gonogo policy new --must` reads it. */
  words: (values: readonly string[]) => string;
  schema: (about: About, values: readonly string[]) => Schema;
}

/** A fact, and where the table knows it. */
export interface About {
  table: FactTable;
  key: string;
  fact: Fact;
}

/** What was typed says nothing that can be checked. */
export class Unclear extends Error {}

const LIMITS = {
  number: ["minimum", "maximum", ""],
  array: ["minItems", "maxItems", " members"],
  string: ["minLength", "maxLength", " characters"],
} as const;
type Sized = keyof typeof LIMITS;

export const PHRASES: readonly Phrase[] = [
  {
    id: "at-most",
    label: (fact) => `is at most …${unit(fact)}`,
    input: "number",
    fits: hasSize,
    words: ([most]) => `at most ${most}`,
    schema: ({ fact }, [most]) => bounds(fact, undefined, most),
  },
  {
    id: "at-least",
    label: (fact) => `is at least …${unit(fact)}`,
    input: "number",
    fits: hasSize,
    words: ([least]) => `at least ${least}`,
    schema: ({ fact }, [least]) => bounds(fact, least, undefined),
  },
  {
    id: "between",
    label: (fact) => `is from … to …${unit(fact)}`,
    input: "numbers",
    fits: hasSize,
    words: ([least, most]) => `from ${least} to ${most}`,
    schema: ({ fact }, [least, most]) => bounds(fact, least, most),
  },
  {
    id: "is-there",
    label: () => "is there",
    input: "none",
    fits: (fact) => has(fact, "array", "string") || (has(fact, "null") && has(fact, "object", "number", "integer")),
    words: () => "is there",
    schema: ({ fact }) => there(fact),
  },
  {
    id: "is-empty",
    label: () => "is empty",
    input: "none",
    fits: (fact) => has(fact, "array", "string", "null"),
    words: () => "is empty",
    schema: ({ fact }) => empty(fact),
  },
  {
    id: "is",
    label: () => "is",
    input: "word",
    fits: isPlain,
    words: ([word]) => `is ${said(word)}`,
    schema: ({ fact }, [word]) => ({ const: valueIn(said(word), fact) }),
  },
  {
    id: "is-not",
    label: () => "is not",
    input: "word",
    fits: isPlain,
    words: ([word]) => `is not ${said(word)}`,
    schema: ({ fact }, [word]) => ({ not: { const: valueIn(said(word), fact) } }),
  },
  {
    id: "one-of",
    label: () => "is one of",
    input: "words",
    fits: (fact) => isPlain(fact) && !has(fact, "boolean"),
    words: ([words]) => `is one of ${said(words)}`,
    schema: ({ fact }, [words]) => ({
      enum: said(words)
        .split(",")
        .filter((word) => word.trim())
        .map((word) => valueIn(word, fact)),
    }),
  },
  {
    id: "contains",
    label: () => "contains",
    input: "text",
    fits: (fact) => has(fact, "array", "string"),
    words: ([word]) => `contains ${said(word)}`,
    schema: (about, [word]) =>
      has(about.fact, "array")
        ? { contains: member(about, said(word)) }
        : { type: "string", pattern: literal(bare(said(word))) },
  },
  {
    id: "lacks",
    label: () => "does not contain",
    input: "text",
    fits: (fact) => has(fact, "array", "string"),
    words: ([word]) => `does not contain ${said(word)}`,
    schema: (about, [word]) =>
      has(about.fact, "array")
        ? { items: { not: member(about, said(word)) } }
        : { not: { type: "string", pattern: literal(bare(said(word))) } },
  },
  {
    id: "matches",
    label: () => "matches the pattern",
    input: "pattern",
    fits: (fact) => has(fact, "string"),
    words: ([pattern]) => `matches ${said(pattern)}`,
    schema: (_, [pattern]) => ({ type: "string", pattern: said(pattern) }),
  },
];

/** Returns the text that a phrase looks for; empty where it looks for none. */
export function lookedFor(phrase: Phrase, values: readonly string[]): string {
  return phrase.id === "contains" || phrase.id === "lacks" ? bare(said(values[0])) : "";
}

function has(fact: Fact, ...types: string[]): boolean {
  return types.some((type) => fact.types.includes(type));
}

function isPlain(fact: Fact): boolean {
  return !has(fact, "array", "object");
}

function sized(fact: Fact): Sized | undefined {
  if (has(fact, "number", "integer")) {
    return "number";
  }
  return has(fact, "array") ? "array" : has(fact, "string") ? "string" : undefined;
}

function hasSize(fact: Fact): boolean {
  return sized(fact) !== undefined && !fact.choices;
}

function unit(fact: Fact): string {
  return LIMITS[sized(fact) ?? "number"][2];
}

function bounds(fact: Fact, least: string | undefined, most: string | undefined): Schema {
  const kind = sized(fact);
  if (!kind) {
    throw new Unclear("This fact has no size.");
  }
  const [low, high] = LIMITS[kind];
  const schema: Schema = {};
  if (least !== undefined) {
    schema[low] = number(least);
    if (has(fact, "null")) {
      // A limit says nothing about nothing.
      schema.type = kind;
    }
  }
  if (most !== undefined) {
    schema[high] = number(most);
  }
  if (kind !== "number" && Object.values(schema).some((one) => typeof one === "number" && !isCount(one))) {
    throw new Unclear("A number of them is a whole number, and none below 0.");
  }
  return schema;
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0;
}

function there(fact: Fact): Schema {
  if (has(fact, "array")) {
    return { minItems: 1 };
  }
  if (has(fact, "string")) {
    return { type: "string", minLength: 1 };
  }
  return { type: has(fact, "object") ? "object" : "number" };
}

function empty(fact: Fact): Schema {
  return has(fact, "array") ? { maxItems: 0 } : { enum: [null, ""].filter((value) => allows(fact, value)) };
}

function member({ table, key }: About, word: string): Schema {
  const of = memberOf(table, key);
  if (!of?.types.includes("object")) {
    return { const: of ? valueIn(word, of) : word };
  }
  const name = table[key]?.identity ?? of.names?.[0] ?? "";
  const named = table[`${key}[].${name}`];
  return { properties: { [name]: { const: named ? valueIn(word, named) : word } }, required: [name] };
}

/** Returns what a word stands for where this fact is meant: a number, yes or no, nothing, or the text itself. */
export function valueIn(text: string, fact: Fact): Json {
  const word = bare(text.trim());
  const lower = word.toLowerCase();
  if (has(fact, "boolean") && /^(yes|true|no|false)$/.test(lower)) {
    return lower === "yes" || lower === "true";
  }
  if (has(fact, "null") && /^(none|null|nothing)$/.test(lower)) {
    return null;
  }
  if (has(fact, "number", "integer")) {
    return number(word);
  }
  if (!allows(fact, word)) {
    throw new Unclear(fact.choices ? `It is one of: ${fact.choices.join(", ")}.` : "This fact is never that.");
  }
  return word;
}

export function number(text: string | undefined): number {
  const bareText = (text ?? "").trim().replace(/[,_]/g, "");
  const value = /^-?\d+(\.\d+)?$/.test(bareText) ? Number(bareText) : Number.NaN;
  if (!(Math.abs(value) < 1e15)) {
    throw new Unclear(text?.trim() ? `“${text}” is no number. Write it as 65 or 0.1.` : "Write a number.");
  }
  return value;
}

function said(text: string | undefined): string {
  const words = (text ?? "").split(/\s+/).filter(Boolean).join(" ");
  if (!words) {
    throw new Unclear("Write what it must be.");
  }
  return words;
}

function bare(text: string): string {
  return text.replace(/^["']+|["']+$/g, "");
}

// A phrase -> the pattern that finds it, as checks/judge/wordlike.py writes it.
const ALIKE = ["'\u2018\u2019\u02bc`", '"\u201c\u201d\u201e\u00ab\u00bb', "-\u2010\u2011\u2013\u2014"];
const UNSPACED = /[\u0e00-\u0e7f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u;
const NO_WIDTH = /\u00ad|\u200b|\u2060|\ufeff/g;

export function literal(phrase: string): string {
  const words = phrase.replace(NO_WIDTH, "").normalize("NFC").split(/\s+/).filter(Boolean);
  const inner = words.map((word) => [...word].map(sign).join("")).join("\\s+");
  return `(?i)${edge([...(words[0] ?? "")][0])}${inner}${edge([...(words.at(-1) ?? "")].at(-1))}`;
}

function sign(one: string): string {
  const alike = ALIKE.find((group) => group.includes(one));
  return alike ? `[${alike}]` : one.replace(/[\\^$.|?*+()[\]{}]/, "\\$&");
}

function edge(one: string | undefined): string {
  return one && /[\p{L}\p{N}_]/u.test(one) && !UNSPACED.test(one) ? "\\b" : "";
}
