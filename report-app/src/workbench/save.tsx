import { useState } from "preact/hooks";
import { Command } from "../ui/command";
import { useHeld } from "./documents";
import { type Answers, type Draft, fileOf, isName, proposedName } from "./draft";
import { Pick, Text } from "./field";
import { Missing } from "./missing";
import { Ways } from "./ways";

interface About {
  severity: string;
  owner: string;
  why: string;
  title: string;
}

interface Props {
  answers: Answers;
  draft: Draft;
  about: About;
  onAbout: (about: About) => void;
  severities: readonly (readonly [string, string])[];
}

/** The rule as a file: whose it is, why it matters, and the ways to where rules are kept. */
export function Save({ answers, draft, about, onAbout, severities }: Props) {
  const { bench } = useHeld();
  const taken = new Set(bench.taken);
  const [typed, setName] = useState("");
  const name = typed || proposedName(answers, taken);
  const missing = [
    ...(about.why.trim() ? [] : ["Say in one sentence why it matters."]),
    ...(draft.lacks ? [draft.lacks] : []),
    ...(isName(name) ? [] : ["The name has small letters, digits and hyphens, as in own/title-length."]),
    ...(taken.has(name) ? ["There is a rule of this name already."] : []),
  ];
  const file = `gonogo/policies/${name}.json`;
  return (
    <section>
      <h2>3. Propose it</h2>
      <div class="form">
        <Text
          label="Why it matters"
          value={about.why}
          placeholder="One sentence for somebody who does not know"
          onText={(why) => onAbout({ ...about, why })}
        />
        <Pick
          label="How bad it is"
          value={about.severity}
          options={severities}
          onPick={(severity) => onAbout({ ...about, severity })}
        />
        <Pick
          label="Whose it is"
          value={about.owner}
          options={bench.owners.map((one) => [one, one] as const)}
          onPick={(owner) => onAbout({ ...about, owner })}
        />
        <Text
          label="Title"
          value={about.title}
          placeholder={draft.policy.title}
          onText={(title) => onAbout({ ...about, title })}
        />
        <Text label="Name of the file" value={typed} placeholder={proposedName(answers, taken)} onText={setName} />
      </div>
      {missing.length > 0 ? (
        <Missing words={missing} />
      ) : (
        <>
          <Ways name={file} text={fileOf(draft.policy)} />
          <p class="aside">
            Its examples are taken from these pages. The check of the pull request says again what it finds. With gonogo
            at hand:
          </p>
          <Command text={`gonogo policy try ${file} --run ${bench.folder}`} label="the command that tries the rule" />
        </>
      )}
    </section>
  );
}
