import type { Cause, PageLine } from "./data";

// How bad something is: told by shape and word, and by colour beside them.

export const LEVELS = [
  "blocks",
  "error",
  "warning",
  "info",
  "kept",
  "clean",
  "read",
  "left-out",
  "unmeasured",
  "excluded",
] as const;
export type Level = (typeof LEVELS)[number];

export const LEVEL_WORDS: Record<Level, string> = {
  blocks: "blocks the launch",
  error: "error that does not block",
  warning: "warning",
  info: "info",
  kept: "existing, signed off or proposed",
  clean: "nothing found",
  read: "nothing found in its HTML, not rendered",
  "left-out": "left out of this run",
  unmeasured: "not measured",
  excluded: "excluded",
};

/** As checks/report/causes.py ranks findings: what is existing, signed for or proposed lies behind the severities. */
const BY_RANK: Level[] = ["blocks", "error", "warning", "info"];

export function levelOfRank(rank: number): Level {
  return BY_RANK[rank] ?? "kept";
}

export function levelOf(page: PageLine): Level {
  if (!hasFacts(page)) {
    return page.state === "excluded" ? "excluded" : "unmeasured";
  }
  if (page.rank !== undefined) {
    return levelOfRank(page.rank);
  }
  return page.state === "read" || page.state === "left-out" ? page.state : "clean";
}

/** Whether there is a document about it. */
export function hasFacts(page: PageLine): boolean {
  return page.state === "measured" || page.state === "read" || page.state === "left-out";
}

export function familyOf(cause: Cause): string {
  return cause.policy.split("/", 1)[0] ?? "";
}
