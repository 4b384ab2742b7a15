import type { Json, JsonObject } from "./data";

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the fact at a path, undefined where there is none. */
export function at(facts: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), facts);
}

/** Returns a fact for people. */
export function shown(value: Json | undefined): string {
  if (value === undefined || value === null) {
    return "–";
  }
  if (Array.isArray(value)) {
    return value.length ? value.map(shown).join(", ") : "none";
  }
  return isObject(value) ? JSON.stringify(value) : String(value);
}
