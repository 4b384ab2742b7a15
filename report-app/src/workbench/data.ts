// What the part `workbench` holds; written by checks/report/interactive/workbench.py.

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
export type Schema = Record<string, unknown>;

/** A document of facts. */
export interface Facts {
  kind: string;
  path?: string;
  measured: string[];
  [fact: string]: Json | undefined;
}

/** A policy as its file says it. */
export interface Policy extends Schema {
  title: string;
  "x-reads": string;
  "x-severity": string;
  "x-owner": string;
}

/** What is known of one fact; of a list's members by `name[]`, of a map's by `name.*`. */
export interface Fact {
  types: string[];
  says: string;
  values: Schema[];
  choices?: Json[];
  identity?: string;
  names?: string[];
}

export type FactTable = Record<string, Fact>;
export type Kind = "page" | "site";

export interface Limit {
  /** Keys from the outside of the policy in, the keyword last. */
  steps: string[];
  fact: string;
  /** What the fact means. */
  says: string;
  value: number;
}

export interface Published {
  host: string;
  /** Never guessed by the name of the host: what somebody writes goes there. */
  forge?: "github" | "gitlab" | null;
  path: string;
  /** Empty where it is not known. */
  branch: string;
  /** The folder of gonogo.yaml, such as `web/`; empty at the root. */
  folder: string;
}

export interface Offer {
  head: string[];
  lines: string[];
  foot: string[];
  leftOut: number;
}

export interface Workbench {
  policies: Record<string, Policy>;
  limits: Record<string, Limit[]>;
  /** Names that policies have already. */
  taken: string[];
  facts: Record<Kind, FactTable>;
  /** The part of the settings that every document holds. */
  config: Json | null;
  site: Facts | null;
  owners: string[];
  offer: Offer | null;
  published: Published | null | undefined;
  folder: string;
  /** The day of the run. */
  until: string;
}
