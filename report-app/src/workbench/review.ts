import type { Offer } from "./data";

// The text by which a review signs, out of what the run offers (checks/signoff/review_text.py reads it back).

export const SHORTEST_REASON = 20;
const LINE = /^([A-Z]-[0-9]{1,6}) ([0-9a-f]{10})(?: on ([0-9]{1,6}) pages?)?(?: worst (\S+))? seal [0-9a-f]{32}$/;

export interface Line {
  text: string;
  code: string;
  /** The beginning of the name of the finding or cause. */
  name: string;
  pages: string;
  worst: string;
}

/** Returns what can be signed for; a line that is none is left out. */
export function linesOf(offer: Offer): Line[] {
  return offer.lines.flatMap((text) => {
    const [, code = "", name = "", pages = "", worst = ""] = LINE.exec(text) ?? [];
    return code ? [{ text, code, name, pages, worst }] : [];
  });
}

export interface Terms {
  lines: readonly string[];
  kind: string;
  reason: string;
  until: string;
}

/** Returns what keeps the text from counting; empty where nothing does. */
export function problems({ lines, reason, until }: Terms, today: string): string[] {
  const short = SHORTEST_REASON - oneLine(reason).length;
  return [
    ...(lines.length ? [] : ["Choose what to accept."]),
    ...(short > 0 ? [`The reason needs ${short} more ${short === 1 ? "character" : "characters"}.`] : []),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(until) ? [] : ["Choose the last day."]),
    ...(until && until < today ? ["The last day has passed."] : []),
  ];
}

/** Returns the text to be pasted into the review. */
export function reviewText(offer: Offer, { lines, kind, reason, until }: Terms): string {
  const foot = [`kind: ${kind}`, `until: ${until}`, `reason: ${oneLine(reason)}`];
  return [...offer.head, ...offer.lines.filter((line) => lines.includes(line)), ...foot].join("\n");
}

/** A reason stands on one line: what follows an end of line would be read as something else. */
function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}

interface Request {
  by: "cause" | "finding";
  name: string;
  kind: string;
  reason: string;
  until: string;
  folder: string;
}

/** The command that asks for a sign-off by key. */
export function requestCommand({ by, name, kind, reason, until, folder }: Request): string {
  const said = `--reason-code ${kind} --reason ${quoted(oneLine(reason))} --until ${until}`;
  return `gonogo sign-off request --run ${quoted(folder)} --${by} ${quoted(name)} ${said}`;
}

/** A text as a POSIX shell reads it back. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
