import { change } from "../address";
import { Command } from "../ui/command";
import { count, number as written } from "../words";
import type { Facts, Limit, Policy } from "./data";
import { documentsOf, type Held, useHeld } from "./documents";
import { Pick, Text } from "./field";
import { editFile } from "./forge";
import { NotLookedAt, Paths } from "./found";
import { judged } from "./judge";
import { changed, commandOf, proposal, yamlOf } from "./threshold-file";
import { number, Unclear } from "./typed";

/** What stands before the number of a limit, and what after it. */
const KEYWORDS: Record<string, readonly [string, string]> = {
  minimum: ["at least", ""],
  maximum: ["at most", ""],
  minLength: ["at least", " characters"],
  maxLength: ["at most", " characters"],
  minItems: ["at least", " of them"],
  maxItems: ["at most", " of them"],
  minContains: ["at least", " that fit"],
  maxContains: ["at most", " that fit"],
};

/** A rule that is in force, with another limit: what that would add or hide. */
export function ThresholdView({ params }: { params: URLSearchParams }) {
  const held = useHeld();
  const { policies, limits } = held.bench;
  const rank = (id: string) => rankOf(policies[id], limits[id] ?? []);
  const named = Object.keys(policies)
    .filter((id) => limits[id]?.length)
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  const id = named.find((one) => one === params.get("policy")) ?? named[0];
  const policy = id === undefined ? undefined : policies[id];
  const places = id === undefined ? [] : (limits[id] ?? []);
  const at = Math.min(Number(params.get("limit") ?? 0) || 0, places.length - 1);
  const limit = places[at];
  if (id === undefined || !policy || !limit) {
    return <p class="empty">No rule that is in force has a limit that is a number.</p>;
  }
  const typed = params.get("value") ?? "";
  return (
    <>
      <section>
        <h2>1. Choose the limit</h2>
        <div class="form">
          <Pick
            label="Rule"
            value={id}
            options={named.map((one) => [one, `${one}: ${policies[one]?.title ?? ""}`] as const)}
            onPick={(one) => change({ policy: one, limit: "", value: "" })}
          />
          {places.length > 1 && (
            <Pick
              label="Limit"
              value={String(at)}
              options={places.map(
                (one, index) => [String(index), `${meaning(one)}: ${inWords(one)} (${one.fact})`] as const,
              )}
              onPick={(one) => change({ limit: one, value: "" })}
            />
          )}
          <Text
            label={`${meaning(limit)}: new number (now ${inWords(limit)})`}
            value={typed}
            numeric
            placeholder={String(limit.value)}
            onText={(value) => change({ policy: id, value })}
          />
        </div>
        <p class="aside">{String(policy.description ?? "")}</p>
      </section>
      <Difference {...{ held, id, policy, limit, typed }} />
    </>
  );
}

/** What can be tried here stands first, and before that numbers that somebody chose: "none at all" is hardly moved. */
function rankOf(policy: Policy | undefined, limits: readonly Limit[]): number {
  const kind = policy?.["x-reads"];
  return (kind === "page" ? 0 : kind === "site" ? 2 : 4) + (limits.some((one) => one.value !== 0) ? 0 : 1);
}

function inWords(limit: Limit): string {
  const [before, after] = KEYWORDS[limit.steps.at(-1) ?? ""] ?? ["", ""];
  return `${before} ${limit.value}${after}`;
}

/** What the fact means, as far as its first words tell it; the name where the shape says nothing. */
function meaning(limit: Limit): string {
  return limit.says.split(/[;:]|\.(?:\s|$)/)[0] || limit.fact;
}

interface Props {
  held: Held;
  id: string;
  policy: Policy;
  limit: Limit;
  typed: string;
}

function Difference({ held, id, policy, limit, typed }: Props) {
  const value = read(typed, limit);
  if (value === undefined) {
    return (
      <p class="aside" role="status">
        {typed.trim()
          ? "Write a number; of characters or members, a whole one."
          : "Write the new number, and see here what it would change."}
      </p>
    );
  }
  const kind = policy["x-reads"];
  const file = editFile(held.bench.published, "gonogo.yaml");
  const documents = kind === "page" || kind === "site" ? documentsOf(held, kind) : [];
  const { patch, ownExamples } = proposal(policy, limit, value, documents);
  const command = ownExamples ? undefined : commandOf(id, limit, value, held.bench.limits[id] ?? []);
  return (
    <>
      <section>
        <h2>2. See what changes</h2>
        {kind === "page" || kind === "site" ? (
          <Compared policy={policy} limit={limit} value={value} documents={documents} />
        ) : (
          <p>
            This rule is about documents of the kind {kind}, which this file does not hold: what it would find is not
            known here.
          </p>
        )}
        {kind === "page" && <NotLookedAt command={`gonogo judge ${held.bench.folder}`} />}
      </section>
      <section>
        <h2>3. Propose it</h2>
        <p>
          These lines belong into <code>gonogo.yaml</code>. Where it has <code>policies:</code> or <code>change:</code>{" "}
          already, put what stands below that there.
        </p>
        {ownExamples && (
          <p class="aside">
            None of the rule's own examples shows the new limit, so the lines bring some of these pages with them.
          </p>
        )}
        <Command text={yamlOf(id, patch).trimEnd()} label="the lines for gonogo.yaml" />
        {file && (
          <p class="ways-out">
            <a class="button first" href={file.address} target="_blank" rel="noreferrer noopener">
              Open gonogo.yaml on {file.forge}
            </a>
          </p>
        )}
        {command && (
          <>
            <p class="aside">Or, with gonogo at hand, this writes them:</p>
            <Command text={command} label="the command that changes the limit" />
          </>
        )}
      </section>
    </>
  );
}

function read(typed: string, limit: Limit): number | undefined {
  try {
    const value = number(typed);
    const counts = !/^(minimum|maximum)$/.test(limit.steps.at(-1) ?? "");
    return counts && !(Number.isInteger(value) && value >= 0) ? undefined : value;
  } catch (error) {
    if (error instanceof Unclear) {
      return undefined;
    }
    throw error;
  }
}

function Compared(props: { policy: Policy; limit: Limit; value: number; documents: Facts[] }) {
  const { policy, limit, value, documents } = props;
  const before = judged(policy, documents);
  const after = judged(changed(policy, limit, value), documents);
  const failed = new Set(before.failed);
  const failing = new Set(after.failed);
  const added = after.failed.filter((path) => !failed.has(path));
  const hidden = before.failed.filter((path) => !failing.has(path));
  return (
    <div class="answer">
      <p role="status">
        <b class={added.length ? "no-go" : "go"}>
          {added.length ? `${count(added.length, "more page")} would fail` : "No further page would fail"}
        </b>
        {hidden.length > 0 && `, ${count(hidden.length, "page")} would fail no longer`}. Now{" "}
        {written(before.failed.length)} fail, then {written(after.failed.length)}
        {after.unknown.length > 0 && `; ${count(after.unknown.length, "page")} can't tell`}.
      </p>
      <Paths title="Would fail, too" paths={added} open={added.length <= 12} />
      <Paths title="Would fail no longer" paths={hidden} open={hidden.length <= 12} />
    </div>
  );
}
