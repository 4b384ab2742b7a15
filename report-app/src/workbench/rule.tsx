import { useMemo, useState } from "preact/hooks";
import { change } from "../address";
import { useRun } from "../run";
import { Pictures } from "../ui/pictures";
import { Scroll } from "../ui/scroll";
import { count } from "../words";
import type { Facts, FactTable, Json, Kind } from "./data";
import { PHRASES } from "./demands";
import { documentsOf, useHeld } from "./documents";
import { type Answers, type Draft, draft, type Scope, scopesOf } from "./draft";
import { brief, FactTree } from "./fact-tree";
import { factAt } from "./facts";
import { Pick } from "./field";
import { NotLookedAt, Paths } from "./found";
import { Inputs } from "./inputs";
import { Save } from "./save";
import { Unclear } from "./typed";

const SITE = "the site";
const SEVERITIES = [
  ["warning", "warning: it is shown"],
  ["error", "error: it blocks the launch"],
  ["info", "info: it is noted"],
] as const;

/** A rule: a page, a fact of it, what must hold, and at once which pages hold it. */
export function RuleView({ params }: { params: URLSearchParams }) {
  const held = useHeld();
  const { index } = useRun();
  const asked = params.get("page");
  const kind: Kind = asked === SITE ? "site" : "page";
  const documents = documentsOf(held, kind);
  const document = documents.find((one) => one.path === asked) ?? documents[0];
  const path = useMemo(() => (params.get("fact") ?? "").split(".").filter(Boolean), [params]);
  const table = held.bench.facts[kind];
  const picture = index.causes.find((one) => one.first[0] === document?.path);
  const choices = [...held.pages.map((one) => one.path ?? ""), ...(held.bench.site ? [SITE] : [])];
  if (!document) {
    return <p class="empty">No page was measured, so there is no fact that a rule could be about.</p>;
  }
  return (
    <>
      <section>
        <h2>1. Choose a fact</h2>
        <Pick
          label="Page"
          value={kind === "site" ? SITE : (document.path ?? "")}
          options={choices.map((one) => [one, one] as const)}
          onPick={(page) => change({ page, fact: "" })}
        />
        <div class="look">
          <Scroll label="Facts of this page" tall>
            <FactTree
              key={document.path}
              document={document}
              table={table}
              chosen={path}
              onChoose={(chosen) => change({ page: document.path ?? SITE, fact: chosen.join(".") })}
            />
          </Scroll>
          {picture && <Pictures cause={picture} />}
        </div>
      </section>
      {factAt(table, path) ? (
        <Demand key={`${kind} ${path.join(".")}`} {...{ kind, document, documents, table, path }} />
      ) : (
        <p class="aside">Next: what must hold of it, and which pages do.</p>
      )}
    </>
  );
}

interface DemandProps {
  kind: Kind;
  document: Facts;
  documents: Facts[];
  table: FactTable;
  path: readonly string[];
}

function Demand({ kind, document, documents, table, path }: DemandProps) {
  const { bench } = useHeld();
  const fact = factAt(table, path);
  const phrases = fact ? PHRASES.filter((one) => one.fits(fact)) : [];
  const [phraseId, setPhrase] = useState(phrases[0]?.id ?? "");
  const [values, setValues] = useState<readonly string[]>(["", ""]);
  const [scopeAt, setScope] = useState(0);
  const [about, setAbout] = useState({
    severity: "warning",
    owner: firstOwner(bench.owners),
    why: "",
    title: "",
  });
  const phrase = phrases.find((one) => one.id === phraseId) ?? phrases[0];
  const scopes =
    kind === "page" ? scopesOf(document.path ?? "/") : ([{ pattern: null, said: "", written: "" }] as Scope[]);
  const scope = scopes[scopeAt] ?? (scopes[0] as Scope);
  if (!fact || !phrase) {
    return <p class="aside">Nothing can be asked of this fact as a whole: choose one within it.</p>;
  }
  const answers: Answers = { reads: kind, path, phrase, values, scope, ...about, fix: "" };
  const told = tried(answers, table, documents);
  return (
    <>
      <section>
        <h2>2. Say what must hold</h2>
        <p>
          <code class="chosen">{path.join(".")}</code> {fact.says}
        </p>
        <p class="aside">Here it is: {brief(valueAt(document, path))}</p>
        <div class="form">
          <Pick
            label="It must be that it"
            value={phrase.id}
            options={phrases.map((one) => [one.id, one.label(fact)] as const)}
            onPick={setPhrase}
          />
          <Inputs fact={fact} phrase={phrase} values={values} onValues={setValues} />
          {kind === "page" && (
            <Pick
              label="On"
              value={String(scopeAt)}
              options={scopes.map((one, at) => [String(at), one.said.replace(/^under/, "pages under") || "every page"])}
              onPick={(at) => setScope(Number(at))}
            />
          )}
        </div>
        <Answer told={told} untouched={values.every((one) => one === "") && phrase.input !== "none"} />
        <NotLookedAt command="gonogo policy try" />
      </section>
      {"draft" in told && (
        <Save answers={answers} draft={told.draft} about={about} onAbout={setAbout} severities={SEVERITIES} />
      )}
    </>
  );
}

/** Whoever makes a rule here is mostly of marketing. */
function firstOwner(owners: readonly string[]): string {
  return owners.includes("marketing") ? "marketing" : (owners[0] ?? "marketing");
}

type Tried = { draft: Draft } | { unclear: string };

function tried(answers: Answers, table: FactTable, documents: Facts[]): Tried {
  try {
    return { draft: draft(answers, table, documents) };
  } catch (error) {
    if (error instanceof Unclear) {
      return { unclear: error.message };
    }
    if (error instanceof SyntaxError) {
      return {
        unclear: "This pattern can't be tried here: there is a mistake in it, or this browser does not know it.",
      };
    }
    throw error;
  }
}

/** Which pages hold it, said as soon as it can be. */
function Answer({ told, untouched }: { told: Tried; untouched: boolean }) {
  if ("unclear" in told) {
    return (
      <p class="answer aside" role="status">
        {untouched ? "Then you see here which pages hold it." : told.unclear}
      </p>
    );
  }
  const { passed, failed, inapplicable, unknown } = told.draft.found;
  return (
    <div class="answer">
      <p role="status">
        <b class={failed.length ? "no-go" : "go"}>
          {failed.length ? `${count(failed.length, "page")} would fail` : "No page would fail"}
        </b>
        , {count(passed.length, "page")} would pass
        {inapplicable.length > 0 && `, it is not about ${count(inapplicable.length, "page")}`}
        {unknown.length > 0 && `, ${count(unknown.length, "page")} can't tell: the fact was not measured there`}.
      </p>
      <Paths title="Fail" paths={failed} open={failed.length <= 12} />
      <Paths title="Pass" paths={passed} />
      <Paths title="Can't tell" paths={unknown} />
    </div>
  );
}

function valueAt(document: Facts, path: readonly string[]): Json {
  let value: Json | undefined = document as unknown as Json;
  for (const name of path) {
    value = Array.isArray(value) ? (value[0] as Json | undefined) : value;
    value = typeof value === "object" && value !== null && !Array.isArray(value) ? value[name] : undefined;
  }
  return value ?? null;
}
