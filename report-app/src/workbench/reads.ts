import type { Schema } from "./data";

// Which facts a schema speaks of, as checks/judge/reads.py finds them.

/** Top-level members that every document has; all others are groups, which may be unmeasured. */
export const ALWAYS_THERE: ReadonlySet<string> = new Set(
  "kind scope url path page_type measured config expect".split(" "),
);
const IN_PLACE = ["not", "if", "then", "else"];
const IN_PLACE_LISTS = ["allOf", "anyOf", "oneOf"];

/** Returns the groups of facts that must have been measured before `schema` can judge. */
export function groups(schema: Schema | undefined, defs: Record<string, Schema>): Set<string> {
  const found = new Set<string>();
  for (const path of paths(schema, defs)) {
    const [group] = path;
    if (group !== undefined && !ALWAYS_THERE.has(group)) {
      found.add(group);
    }
  }
  return found;
}

/** Yields the path of each fact that `schema` names; lists are not gone into. */
export function* paths(
  schema: unknown,
  defs: Record<string, Schema>,
  seen: readonly string[] = [],
): Generator<readonly string[]> {
  if (!isSchema(schema)) {
    return;
  }
  for (const [name, part] of entries(schema.properties)) {
    yield [name];
    for (const path of paths(part, defs, seen)) {
      yield [name, ...path];
    }
  }
  for (const name of list(schema.required)) {
    yield [String(name)];
  }
  for (const [name, others] of entries(schema.dependentRequired)) {
    yield* [name, ...list(others)].map((each) => [String(each)]);
  }
  for (const [name, part] of entries(schema.dependentSchemas)) {
    yield [name];
    yield* paths(part, defs, seen);
  }
  for (const keyword of IN_PLACE) {
    yield* paths(schema[keyword], defs, seen);
  }
  for (const keyword of IN_PLACE_LISTS) {
    for (const part of list(schema[keyword])) {
      yield* paths(part, defs, seen);
    }
  }
  const name = String(schema.$ref ?? "").replace(/^#\/\$defs\//, "");
  if (Object.hasOwn(defs, name) && !seen.includes(name)) {
    yield* paths(defs[name], defs, [...seen, name]);
  }
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entries(value: unknown): [string, unknown][] {
  return isSchema(value) ? Object.entries(value) : [];
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
