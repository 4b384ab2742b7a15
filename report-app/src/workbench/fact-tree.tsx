import { useState } from "preact/hooks";
import type { Fact, Facts, FactTable, Json } from "./data";
import { isListed } from "./facts";
import { ALWAYS_THERE } from "./reads";

const SHOWN = 20; // members of a list
const FOUND = 60; // facts that a search shows

interface Props {
  document: Facts;
  table: FactTable;
  chosen: readonly string[];
  onChoose: (path: readonly string[]) => void;
}

/** The facts of one document; each that a rule can be about is a button. */
export function FactTree({ document, table, chosen, onChoose }: Props) {
  const [sought, seek] = useState("");
  const groups = Object.entries(document).filter(
    (entry): entry is [string, Json] => entry[1] !== undefined && !ALWAYS_THERE.has(entry[0]) && entry[0] in table,
  );
  const words = sought.trim().toLowerCase();
  const found = words
    ? [...search(document, table, words)].sort((one, other) => rank(one, words) - rank(other, words))
    : undefined;
  const shared = { table, chosen, onChoose };
  return (
    <div class="facts">
      <label class="field">
        <span>Find a fact</span>
        <input
          type="search"
          value={sought}
          placeholder="title, canonical, price …"
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => seek(event.currentTarget.value)}
        />
      </label>
      {found ? (
        <ul class="fact-list" aria-label="Facts that were found">
          {found.slice(0, FOUND).map(({ path, key, value }) => (
            <li key={path.join(".")}>
              <FactButton {...shared} path={path} fact={table[key] as Fact} value={value} name={path.join(".")} />
            </li>
          ))}
          {found.length === 0 && <li class="aside">Nothing here is called so or says so.</li>}
          {found.length > FOUND && <li class="aside">and {found.length - FOUND} more: write more of it</li>}
        </ul>
      ) : (
        <ul class="fact-list" aria-label="Facts">
          {groups.sort(byUse).map(([name, value]) => (
            <Node key={name} {...shared} path={[name]} at={name} name={name} value={value} />
          ))}
        </ul>
      )}
    </div>
  );
}

interface NodeProps extends Omit<Props, "document"> {
  path: readonly string[];
  /** The key of the table. */
  at: string;
  name: string;
  value: Json;
}

function Node({ path, at, name, value, ...shared }: NodeProps) {
  const { table, chosen } = shared;
  const inside = membersOf(value, table, at, path);
  const [isOpen, setOpen] = useState(path.every((one, index) => chosen[index] === one));
  const fact = table[at];
  if (!fact) {
    return null;
  }
  if (inside.length === 0) {
    return (
      <li>
        <FactButton {...shared} path={path} fact={fact} value={value} name={name} />
      </li>
    );
  }
  return (
    <li>
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary title={fact.says}>
          {name} <span class="aside">{Array.isArray(value) ? `list of ${value.length}` : ""}</span>
        </summary>
        {isOpen && (
          <ul class="fact-list">
            {(Array.isArray(value) || fact.types.includes("null")) && (
              <li>
                <FactButton {...shared} path={path} fact={fact} value={value} name={`${name} as a whole`} />
              </li>
            )}
            {inside.slice(0, SHOWN).map((one) => (
              <Node key={one.id} {...shared} path={one.path} at={one.at} name={one.name} value={one.value} />
            ))}
            {inside.length > SHOWN && <li class="aside">and {inside.length - SHOWN} more like these</li>}
          </ul>
        )}
      </details>
    </li>
  );
}

interface Member {
  id: string;
  path: readonly string[];
  at: string;
  name: string;
  value: Json;
}

/** What stands within a fact. Of a list of objects it is what its members have: a rule is about every one of them. */
function membersOf(value: Json, table: FactTable, at: string, path: readonly string[]): Member[] {
  if (Array.isArray(value)) {
    const first = value.filter(isObject);
    if (!isListed(table, at) || first.length === 0) {
      return [];
    }
    const names = [...new Set(first.flatMap((one) => Object.keys(one)))].sort();
    return names.flatMap((name) => {
      const sample = first.find((one) => name in one)?.[name];
      return below(table, `${at}[]`, name, path, sample ?? null, `each ${name}`);
    });
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([name, inner]) => below(table, at, name, path, inner, name))
    : [];
}

function below(
  table: FactTable,
  holder: string,
  name: string,
  path: readonly string[],
  value: Json,
  called: string,
): Member[] {
  const direct = `${holder}.${name}`;
  const at = Object.hasOwn(table, direct) ? direct : `${holder}.*`;
  return Object.hasOwn(table, at) ? [{ id: direct, path: [...path, name], at, name: called, value }] : [];
}

function isObject(value: Json): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface ButtonProps extends Pick<Props, "chosen" | "onChoose"> {
  path: readonly string[];
  fact: Fact;
  value: Json;
  name: string;
}

function FactButton({ path, fact, value, name, chosen, onChoose }: ButtonProps) {
  return (
    <button
      type="button"
      class="fact"
      title={fact.says}
      aria-pressed={chosen.join("\n") === path.join("\n")}
      onClick={() => onChoose(path)}
    >
      <span class="name">{name}</span> <span class="value">{brief(value)}</span>
    </button>
  );
}

const FIRST =
  "title description headings text canonical robots indexable lang links images structured_data social".split(" ");

/** What rules are mostly about stands first, the rest by its name. */
function byUse([one]: [string, Json], [other]: [string, Json]): number {
  const place = (name: string) => FIRST.indexOf(name) + 1 || FIRST.length + 1;
  return place(one) - place(other) || (one < other ? -1 : 1);
}

/** A value on one line. */
export function brief(value: Json): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    return "none";
  }
  if (typeof value === "boolean") {
    return value ? "yes" : "no";
  }
  if (Array.isArray(value)) {
    return value.some(isObject) ? `list of ${value.length}` : clip(value.map(brief).join(", "));
  }
  return isObject(value) ? "facts" : clip(String(value)) || "empty";
}

function clip(text: string): string {
  return text.length > 90 ? `${[...text].slice(0, 90).join("")}…` : text;
}

/** What is called so comes first; what was only delivered, and not rendered, comes last. */
function rank({ path }: Member, words: string): number {
  return (path.join(".").includes(words) ? 0 : 1) + (path[0] === "raw" ? 2 : 0);
}

/** Yields the facts whose name, meaning or value holds what is sought. */
function* search(document: Facts, table: FactTable, sought: string): Generator<Member & { key: string }> {
  const waiting: Member[] = Object.entries(document).flatMap(([name, value]) =>
    value === undefined || ALWAYS_THERE.has(name) || !Object.hasOwn(table, name)
      ? []
      : [{ id: name, path: [name], at: name, name, value }],
  );
  for (let one = waiting.shift(); one; one = waiting.shift()) {
    const inside = membersOf(one.value, table, one.at, one.path);
    const text = `${one.path.join(".")} ${table[one.at]?.says ?? ""} ${inside.length ? "" : brief(one.value)}`;
    if ((inside.length === 0 || Array.isArray(one.value)) && text.toLowerCase().includes(sought)) {
      yield { ...one, key: one.at };
    }
    waiting.unshift(...inside);
  }
}
