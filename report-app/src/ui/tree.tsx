import { useState } from "preact/hooks";
import type { Json } from "../data";

const AT_ONCE = 100; // members of a list that are shown before one asks for more

/** A JSON value as a tree that opens by and by: what is closed is not in the document. */
export function Tree({ value, name, open = false }: { value: Json; name: string; open?: boolean }) {
  const [isOpen, setOpen] = useState(open);
  const [shown, setShown] = useState(AT_ONCE);
  if (typeof value !== "object" || value === null) {
    return (
      <p class="leaf">
        <span class="name">{name}</span> <Leaf value={value} />
      </p>
    );
  }
  const members: [string, Json][] = Array.isArray(value)
    ? value.map((one, index) => [String(index), one])
    : Object.entries(value);
  if (members.length === 0) {
    return (
      <p class="leaf">
        <span class="name">{name}</span> <span class="aside">{Array.isArray(value) ? "none" : "empty"}</span>
      </p>
    );
  }
  return (
    <details class="tree" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="name">{name}</span> <span class="aside">{summary(value, members.length)}</span>
      </summary>
      {isOpen && (
        <div class="inside">
          {members.slice(0, shown).map(([one, member]) => (
            <Tree key={one} name={one} value={member} />
          ))}
          {members.length > shown && (
            <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
              {members.length - shown} more
            </button>
          )}
        </div>
      )}
    </details>
  );
}

function Leaf({ value }: { value: string | number | boolean | null }) {
  if (value === null) {
    return <span class="aside">none</span>;
  }
  return typeof value === "string" ? <span class="string">{value}</span> : <code>{String(value)}</code>;
}

function summary(value: Json, members: number): string {
  return Array.isArray(value) ? `list of ${members}` : `${members} facts`;
}
