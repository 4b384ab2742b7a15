import type { Fact, FactTable, Json, Schema } from "./data";
import { validator } from "./judge";

// Looks facts up in the table that the report carries. A path is a list of names; it leads through lists as if they
// were their members.

/** Returns the key of the table that `path` leads to, with `[]` for the members of a list; undefined where there is none. */
export function keyOf(table: FactTable, path: readonly string[]): string | undefined {
  let key = "";
  for (const name of path) {
    const holder = key === "" ? "" : isListed(table, key) ? `${key}[]` : key;
    const direct = holder === "" ? name : `${holder}.${name}`;
    key = Object.hasOwn(table, direct) ? direct : `${holder}.*`;
    if (!Object.hasOwn(table, key)) {
      return undefined;
    }
  }
  return key;
}

/** Whether what a name leads to lies within the members of this list. */
export function isListed(table: FactTable, key: string): boolean {
  return !table[key]?.types.includes("object") && Object.hasOwn(table, `${key}[]`);
}

export function factAt(table: FactTable, path: readonly string[]): Fact | undefined {
  const key = keyOf(table, path);
  return key === undefined ? undefined : table[key];
}

/** What every member of a list is. */
export function memberOf(table: FactTable, key: string): Fact | undefined {
  return table[`${key}[]`];
}

/** Whether the fact can be of one of these types. */
export function has(fact: Fact, ...types: string[]): boolean {
  return types.some((type) => fact.types.includes(type));
}

/** Whether the fact can ever be `value`: its type, and its own list of values where it has one. */
export function allows(fact: Fact, value: Json): boolean {
  const kinds = kindsOf(value);
  return fact.values.some((node) => {
    const choices = "const" in node ? [node.const] : (node.enum as Json[] | undefined);
    return typesOf(node).some((type) => kinds.has(type)) && (!choices || choices.some((one) => one === value));
  });
}

/** The same, with the limits of its numbers and texts. */
export function isPossible(fact: Fact, value: Json): boolean {
  return validator({ anyOf: fact.values }).validate(value).valid;
}

function typesOf(node: Schema): string[] {
  if (typeof node.type === "string" || Array.isArray(node.type)) {
    return [node.type].flat() as string[];
  }
  const choices = "const" in node ? [node.const] : node.enum;
  return Array.isArray(choices)
    ? choices.flatMap((one) => [...kindsOf(one as Json)])
    : ["null", "boolean", "number", "string", "array", "object"];
}

export function kindsOf(value: Json): Set<string> {
  if (value === null) {
    return new Set(["null"]);
  }
  if (Array.isArray(value)) {
    return new Set(["array"]);
  }
  if (typeof value === "number") {
    return new Set(Number.isInteger(value) ? ["number", "integer"] : ["number"]);
  }
  return new Set([typeof value]);
}
