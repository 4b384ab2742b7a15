import { Validator } from "@cfworker/json-schema";
import type { Facts, Policy, Schema } from "./data";
import { translated } from "./patterns";
import { groups, isSchema } from "./reads";

// One policy on one document, as checks/judge/evaluate.py judges. A test holds the two together for every shipped policy.

export type Outcome = "passed" | "failed" | "inapplicable" | "cannot-tell";

const NOT_THE_SCHEMA = new Set(["$schema", "title", "description", "examples"]);
/** Keywords whose members are named by documents: a fact may be called `pattern`. */
const NAMED = new Set(["properties", "patternProperties", "$defs", "dependentSchemas"]);
/** Keywords that hold values and no rules. */
const VALUES = new Set(["const", "enum", "required", "type", "dependentRequired"]);

/** Judges documents by a policy. */
export class Judge {
  readonly #holds: Validator;
  readonly #applies: Validator | undefined;
  readonly #needs: Set<string>;
  readonly #needsToApply: Set<string>;

  /** Throws where this browser can't judge by it. */
  constructor(policy: Schema) {
    const schema = schemaOf(policy);
    const defs = isSchema(schema.$defs) ? (schema.$defs as Record<string, Schema>) : {};
    const scope = policy["x-applies-to"];
    this.#holds = validator(schema);
    this.#applies = isSchema(scope) ? validator({ ...scope, $defs: defs }) : undefined;
    this.#needs = groups(schema, defs);
    this.#needsToApply = groups(isSchema(scope) ? scope : undefined, defs);
  }

  /** Returns the outcome on a whole document. */
  outcome(document: Facts): Outcome {
    const measured = new Set(document.measured);
    if (![...this.#needsToApply].every((group) => measured.has(group))) {
      return "cannot-tell";
    }
    if (this.#applies && !this.#applies.validate(document).valid) {
      return "inapplicable";
    }
    return [...this.#needs].every((group) => measured.has(group)) ? this.#held(document) : "cannot-tell";
  }

  /** Returns the outcome on a part of a document, as examples are: everything counts as measured. */
  outcomeOfPart(part: unknown): Outcome {
    return this.#applies && !this.#applies.validate(part).valid ? "inapplicable" : this.#held(part);
  }

  #held(document: unknown): Outcome {
    return this.#holds.validate(document).valid ? "passed" : "failed";
  }
}

/** Returns the part of a policy that judges. */
export function schemaOf(policy: Schema): Schema {
  return Object.fromEntries(
    Object.entries(policy).filter(([key]) => !key.startsWith("x-") && !NOT_THE_SCHEMA.has(key)),
  );
}

/** Returns the engine for a schema of ours. Throws for a pattern that this browser can't run. */
export function validator(schema: Schema): Validator {
  return new Validator(prepared(schema) as Schema, "2020-12", true);
}

function prepared(schema: unknown, named = false): unknown {
  if (Array.isArray(schema)) {
    return schema.map((part) => prepared(part));
  }
  if (!isSchema(schema)) {
    return schema;
  }
  const pairs = Object.entries(schema).map(([key, value]) => {
    if (!named && key === "pattern" && typeof value === "string") {
      return [key, translated(value)];
    }
    if (!named && key === "patternProperties" && isSchema(value)) {
      return [key, Object.fromEntries(Object.entries(value).map(([one, part]) => [translated(one), prepared(part)]))];
    }
    return [key, !named && VALUES.has(key) ? structuredClone(value) : prepared(value, !named && NAMED.has(key))];
  });
  return Object.fromEntries(pairs);
}

/** The outcomes of many documents, by their paths. */
export interface Judged {
  passed: string[];
  failed: string[];
  inapplicable: string[];
  unknown: string[];
}

export function judged(policy: Policy | Schema, documents: readonly Facts[]): Judged {
  const judge = new Judge(policy);
  const found: Judged = { passed: [], failed: [], inapplicable: [], unknown: [] };
  for (const document of documents) {
    const outcome = judge.outcome(document);
    found[outcome === "cannot-tell" ? "unknown" : outcome].push(document.path ?? "");
  }
  return found;
}
