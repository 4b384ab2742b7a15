import { change } from "../address";

interface Props {
  /** The name of the parameter in the address. */
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  /** What is said for "all of them". */
  all?: string;
}

/** A filter that the address bar keeps. */
export function Choice({ name, label, value, options, all = "all" }: Props) {
  return (
    <label class="choice">
      <span>{label}</span>
      <select value={value} onChange={(event) => change({ [name]: event.currentTarget.value })}>
        {all && <option value="">{all}</option>}
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A search field that the address bar keeps. */
export function Search({ name, label, value }: { name: string; label: string; value: string }) {
  return (
    <label class="choice search">
      <span>{label}</span>
      <input
        type="search"
        value={value}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => change({ [name]: event.currentTarget.value })}
      />
    </label>
  );
}
