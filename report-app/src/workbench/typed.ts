import type { Fact, Json } from "./data";
import { allows, has } from "./facts";

// What somebody has typed about a fact -> the value that is meant.

/** What was typed says nothing that can be checked. */
export class Unclear extends Error {}

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

/** Returns the number that was typed. */
export function number(text: string | undefined): number {
  const bareText = (text ?? "").trim().replace(/[,_]/g, "");
  const value = /^-?\d+(\.\d+)?$/.test(bareText) ? Number(bareText) : Number.NaN;
  if (!(Math.abs(value) < 1e15)) {
    throw new Unclear(text?.trim() ? `“${text}” is no number. Write it as 65 or 0.1.` : "Write a number.");
  }
  return value;
}

/** Returns what was typed, white space collapsed. */
export function said(text: string | undefined): string {
  const words = (text ?? "").split(/\s+/).filter(Boolean).join(" ");
  if (!words) {
    throw new Unclear("Write what it must be.");
  }
  return words;
}

/** Returns a word without the quotes around it. */
export function bare(text: string): string {
  return text.replace(/^["']+|["']+$/g, "");
}
