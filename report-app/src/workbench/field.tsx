interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, words: string])[];
  onPick: (value: string) => void;
}

/** A choice with its label. */
export function Pick({ label, value, options, onPick }: PickProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface TextProps {
  label: string;
  value: string;
  onText: (value: string) => void;
  placeholder?: string;
  numeric?: boolean;
}

/** A line of text, or a number, with its label. */
export function Text({ label, value, onText, placeholder = "", numeric = false }: TextProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        placeholder={placeholder}
        inputMode={numeric ? "decimal" : "text"}
        spellcheck={!numeric}
        autocomplete="off"
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}

/** A day, as YYYY-MM-DD. */
export function Day({ label, value, onText }: Omit<TextProps, "placeholder" | "numeric">) {
  return (
    <label class="field">
      <span>{label}</span>
      <input type="date" value={value} onInput={(event) => onText(event.currentTarget.value)} />
    </label>
  );
}
