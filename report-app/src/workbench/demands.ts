import type { Fact, FactTable, Schema } from "./data";
import { allows, has, memberOf } from "./facts";
import { bare, number, said, Unclear, valueIn } from "./typed";
import { literal } from "./wordlike";

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
