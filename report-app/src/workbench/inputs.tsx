import type { Fact } from "./data";
import type { Phrase } from "./demands";
import { Pick, Text } from "./field";

interface Props {
  fact: Fact;
  phrase: Phrase;
  values: readonly string[];
  onValues: (values: readonly string[]) => void;
}

const LABELS: Record<string, string> = {
  number: "Number",
  word: "Value",
  words: "Values, with commas between them",
  text: "Text",
  pattern: "Pattern (a regular expression)",
};

/** What a phrase still needs to be told: a number, two, a word, or a choice where the fact has few values. */
export function Inputs({ fact, phrase, values, onValues }: Props) {
  const [first = "", second = ""] = values;
  if (phrase.input === "none") {
    return null;
  }
  if (phrase.input === "numbers") {
    return (
      <>
        <Text label="From" value={first} numeric onText={(text) => onValues([text, second])} />
        <Text label="To" value={second} numeric onText={(text) => onValues([first, text])} />
      </>
    );
  }
  const choices = fact.types.includes("boolean") ? ["yes", "no"] : fact.choices?.map((one) => String(one ?? "none"));
  if (phrase.input === "word" && choices) {
    const options = [["", "choose"] as const, ...choices.map((one) => [one, one] as const)];
    return <Pick label="Value" value={first} options={options} onPick={(one) => onValues([one, ""])} />;
  }
  return (
    <Text
      label={LABELS[phrase.input] ?? "Value"}
      value={first}
      numeric={phrase.input === "number"}
      onText={(text) => onValues([text, ""])}
    />
  );
}
