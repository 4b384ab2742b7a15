import type { Facts, Json, Limit, Policy } from "./data";
import { excerpt } from "./excerpt";
import { Judge } from "./judge";

// A shipped policy with another limit, as a project says it: a JSON Merge Patch in gonogo.yaml.

export type Patch = { [key: string]: Json };

/** Returns the patch that gives a limit this value. */
export function patchOf(limit: Limit, value: number): Patch {
  return limit.steps.reduceRight<Json>((inner, step) => ({ [step]: inner }), value) as Patch;
}

/** Returns the policy with another value for one limit. */
export function changed(policy: Policy, limit: Limit, value: number): Policy {
  return merged(policy as unknown as Json, patchOf(limit, value)) as unknown as Policy;
}

function merged(target: Json, patch: Json): Json {
  if (!isObject(patch)) {
    return patch;
  }
  const document: Patch = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    document[key] = merged(document[key] ?? null, value);
  }
  return document;
}

function isObject(value: Json): value is Patch {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export interface Proposal {
  patch: Patch;
  /** Whether examples of these pages take the place of the policy's own, of which none holds any more. */
  ownExamples: boolean;
}

/**
 * Returns what a project writes to give a limit this value. A policy whose examples no longer show what they are there for
 * is refused; gonogo leaves out those that do not, and has to be given others where none is left.
 */
export function proposal(policy: Policy, limit: Limit, value: number, documents: readonly Facts[]): Proposal {
  const patch = patchOf(limit, value);
  const after = changed(policy, limit, value);
  const ready = { policy: after, judge: new Judge(after) };
  let ownExamples = false;
  for (const [key, wanted] of [
    ["examples", "passed"],
    ["x-counterexamples", "failed"],
  ] as const) {
    const there = (policy[key] ?? []) as unknown[];
    const shown = documents.find((one) => ready.judge.outcome(one) === wanted);
    if (!there.some((one) => ready.judge.outcomeOfPart(one) === wanted) && shown) {
      patch[key] = [excerpt(ready, shown)];
      ownExamples = true;
    }
  }
  return { patch, ownExamples };
}

/** The lines for gonogo.yaml. */
export function yamlOf(id: string, patch: Patch): string {
  const lines = ["policies:", "  change:", ...block({ [id]: patch }, "    ")];
  return `${lines.join("\n")}\n`;
}

function* block(patch: Patch, indent: string): Generator<string> {
  for (const [key, value] of Object.entries(patch)) {
    if (isObject(value)) {
      yield `${indent}${name(key)}:`;
      yield* block(value, `${indent}  `);
    } else {
      yield `${indent}${name(key)}: ${flow(value)}`;
    }
  }
}

/** JSON is YAML, but for characters that may not stand there as they are. */
function flow(value: Json): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A key as YAML reads it back: text that could be anything else stands in quotes. */
function name(key: string): string {
  const bare = /^[a-zA-Z$][a-zA-Z0-9/_-]*$/.test(key) && !/^(y|n|yes|no|on|off|true|false|null)$/i.test(key);
  return bare ? key : JSON.stringify(key);
}

/** The command that does the same; the place of the limit has to be said only where the policy has several. */
export function commandOf(id: string, limit: Limit, value: number, all: readonly Limit[]): string | undefined {
  const keyword = limit.steps.at(-1) ?? "";
  const flag = FLAGS[keyword];
  if (!flag) {
    return undefined;
  }
  const alike = all.filter((one) => one.steps.at(-1) === keyword);
  if (alike.filter((one) => one.fact === limit.fact).length > 1) {
    return undefined;
  }
  const fact = alike.length > 1 ? ` --fact ${limit.fact}` : "";
  return `gonogo policy change ${id} --${flag} ${value}${fact}`;
}

const FLAGS: Record<string, string> = {
  minimum: "minimum",
  maximum: "maximum",
  minLength: "min-length",
  maxLength: "max-length",
  minItems: "min-items",
  maxItems: "max-items",
};
