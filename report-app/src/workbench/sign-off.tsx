import { useState } from "preact/hooks";
import type { Cause } from "../data";
import { useRun } from "../run";
import { Command } from "../ui/command";
import { count } from "../words";
import { useHeld } from "./documents";
import { Day, Pick, Text } from "./field";
import { Missing } from "./missing";
import { type Line, linesOf, problems, requestCommand, reviewText } from "./review";

const KINDS = [
  ["accepted-risk", "we know, and accept it"],
  ["fix-scheduled", "it will be mended on a day that is set"],
  ["external-dependency", "it depends on somebody else"],
  ["campaign-deadline", "the campaign can't wait"],
  ["false-positive", "the finding is wrong"],
  ["not-applicable", "the rule is not meant for this"],
] as const;

interface Thing {
  id: string;
  cause: Cause | undefined;
  line: Line | undefined;
}

/** A sign-off: what is accepted, why, until when; then the text that a review says, and the command for a key. */
export function SignOffView({ params }: { params: URLSearchParams }) {
  const { bench } = useHeld();
  const { index } = useRun();
  const things = thingsOf(bench.offer ? linesOf(bench.offer) : [], index.causes);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(things.flatMap((one) => (one.cause && one.cause.id === params.get("cause") ? [one.id] : []))),
  );
  const [kind, setKind] = useState<string>("accepted-risk");
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState(offeredDay(bench.offer?.foot));
  const picked = things.filter((one) => chosen.has(one.id));
  const terms = { lines: picked.flatMap((one) => (one.line ? [one.line.text] : [])), kind, reason, until };
  const missing = problems({ ...terms, lines: picked.map((one) => one.id) }, today());
  if (things.length === 0) {
    return <p class="empty">Nothing blocks, so there is nothing to sign for.</p>;
  }
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) {
      next.add(id);
    }
    setChosen(next);
  };
  return (
    <>
      <section>
        <fieldset class="things">
          <legend>
            <h2>1. Choose what to accept</h2>
          </legend>
          {things.map((one) => (
            <label key={one.id}>
              <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
              <ThingWords thing={one} />
            </label>
          ))}
        </fieldset>
        {bench.offer && bench.offer.leftOut > 0 && (
          <p class="aside">{count(bench.offer.leftOut, "more line")} left out here.</p>
        )}
      </section>
      <section>
        <h2>2. Say why, and until when</h2>
        <div class="form">
          <Text
            label="Reason"
            value={reason}
            onText={setReason}
            placeholder="At least 20 characters, for everybody to read"
          />
          <Pick label="Kind of reason" value={kind} options={KINDS} onPick={setKind} />
          <Day label="Last day, included" value={until} onText={setUntil} />
        </div>
      </section>
      <section>
        <h2>3. Sign</h2>
        {missing.length > 0 ? (
          <Missing words={missing} />
        ) : (
          <>
            {bench.offer && terms.lines.length === picked.length ? (
              <>
                <p>By a review: approve the pull request with a review that says this.</p>
                <Command text={reviewText(bench.offer, terms)} label="the text of the review" />
              </>
            ) : (
              <p>
                There is no text for a review: this run was not made for a pull request, or somebody has to choose anew
                in its own report.
              </p>
            )}
            <p>By a key: ask for it, then sign what was asked for.</p>
            {picked.map((one) => (
              <Command
                key={one.id}
                text={requestCommand({ ...named(one), kind, reason, until, folder: bench.folder })}
                label="the command that asks for a sign-off"
              />
            ))}
            <Command
              text={`gonogo sign-off approve gonogo/sign-offs/NAME.request.json --run ${bench.folder}`}
              label="the command that signs"
            />
            <p class="aside">The first command says the name of the file that it wrote.</p>
          </>
        )}
      </section>
    </>
  );
}

function ThingWords({ thing: { cause, line } }: { thing: Thing }) {
  return (
    <span>
      <b>{cause ? cause.message : `${line?.code} ${line?.name}`}</b>{" "}
      <span class="aside">
        {line && `${line.code} · `}
        {cause ? `${cause.owner} · ${cause.pages ? count(cause.pages, "page") : "the site"}` : "a change of the rules"}
        {line?.worst && ` · up to ${line.worst}`}
      </span>
    </span>
  );
}

/** What can be accepted: the lines that the run offers; without an offer, each cause that blocks. */
function thingsOf(lines: readonly Line[], causes: readonly Cause[]): Thing[] {
  if (lines.length === 0) {
    return causes.filter((one) => one.blocking).map((cause) => ({ id: cause.id, cause, line: undefined }));
  }
  return lines.map((line) => ({
    id: line.text,
    cause: causes.find((one) => one.code.split(" ").includes(line.code)),
    line,
  }));
}

/** How `gonogo sign-off request` is told which one is meant. */
function named({ cause, line }: Thing): { by: "cause" | "finding"; name: string } {
  if (line) {
    return { by: line.pages ? "cause" : "finding", name: line.name };
  }
  return cause && cause.findings > 1
    ? { by: "cause", name: cause.id.replace(/^c1-/, "") }
    : { by: "finding", name: cause?.explain ?? "" };
}

function offeredDay(foot: readonly string[] | undefined): string {
  return foot?.find((line) => line.startsWith("until: "))?.slice("until: ".length) ?? "";
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
