import { useMemo, useState } from "preact/hooks";
import type { Policy, Uncovered } from "../data";
import { useRun } from "../run";
import { Command } from "../ui/command";
import { Scroll } from "../ui/scroll";
import { Table } from "../ui/table";
import { count, number } from "../words";
import { Sentences } from "./overview";

/** What was signed for, what was not measured, and what became of each policy. */
export function Ledgers() {
  const { index } = useRun();
  const { coverage, offer, signOffs } = index;
  return (
    <>
      <h1>Ledgers</h1>
      <section>
        <h2>Sign-offs</h2>
        {signOffs.length === 0 && <p>Nobody has signed for anything in this run.</p>}
      </section>
      {signOffs.map((told) => (
        <Sentences key={told.title} {...told} />
      ))}
      {offer && (
        <section>
          <h2>To sign for what blocks</h2>
          <p>Approve the pull request with a review that says this, and why:</p>
          <Command text={offer.lines.join("\n")} label="the text of the review" />
          {offer.leftOut > 0 && <p>{number(offer.leftOut)} more left out here.</p>}
        </section>
      )}
      <section>
        <h2>
          Coverage <small>by addresses: pages, redirects, and what pages link to</small>
        </h2>
        <dl class="numbers">
          {Object.entries(coverage.counts).map(([state, often]) => (
            <div key={state}>
              <dd>{number(often)}</dd>
              <dt>
                {state === "measured" && !index.rendered ? "read, not rendered" : state}
                {often > 0 && `, ${count(coverage.pages[state] ?? 0, "page")} among them`}
              </dt>
            </div>
          ))}
        </dl>
      </section>
      <Uncoveredlist title="Not measured" lines={coverage.failed} total={coverage.counts.failed ?? 0} />
      <Uncoveredlist title="Excluded" lines={coverage.excluded} total={coverage.counts.excluded ?? 0} />
      <Uncoveredlist title="Read, not rendered" lines={coverage.represented} total={coverage.counts.represented ?? 0} />
      <Uncoveredlist title="Left out of this run" lines={coverage.leftOut} total={coverage.counts["left-out"] ?? 0} />
      <Policies policies={index.policies} />
    </>
  );
}

function Uncoveredlist({ title, lines, total }: { title: string; lines: Uncovered[]; total: number }) {
  if (total === 0) {
    return null;
  }
  return (
    <section>
      <h2>
        {title} <small>{number(total)}</small>
      </h2>
      <Scroll label={title} tall>
        <Table heads={["address", "why", "owner"]}>
          {lines.map((line) => (
            <tr key={line.path}>
              <td>{line.path}</td>
              <td>{line.why || "no reason given"}</td>
              <td>{line.owner}</td>
            </tr>
          ))}
        </Table>
      </Scroll>
      {total > lines.length && <p>and {number(total - lines.length)} more</p>}
    </section>
  );
}

function Policies({ policies }: { policies: Policy[] }) {
  const [text, setText] = useState("");
  const shown = useMemo(() => {
    const wanted = text.toLowerCase();
    return policies.filter((one) => `${one.id} ${one.title} ${one.owner}`.toLowerCase().includes(wanted));
  }, [policies, text]);
  return (
    <section>
      <h2>
        Policies <small>{count(policies.length, "policy", "policies")}, counted by documents</small>
      </h2>
      <label class="choice search">
        <span>Search in the policies{text && `, ${number(shown.length)} found`}</span>
        <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <Scroll label="Policies" tall>
        <Table
          heads={[
            "policy",
            "owner",
            "severity",
            { number: "passed" },
            { number: "failed" },
            { number: "does not apply" },
            { number: "cannot tell" },
            "why",
          ]}
          class="policies"
        >
          {shown.map((one) => (
            <tr key={one.id}>
              <td>
                <code>{one.id}</code>
                <br />
                {one.title}
              </td>
              <td>{one.owner}</td>
              <td>{one.proposed ? "proposed" : one.severity}</td>
              {[one.passed, one.failed, one.inapplicable, one.cannot_tell].map((often, column) => (
                <td class="n" key={column}>
                  {often ? number(often) : ""}
                </td>
              ))}
              <td>{one.why}</td>
            </tr>
          ))}
        </Table>
      </Scroll>
    </section>
  );
}
