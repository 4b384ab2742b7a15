import { href } from "../address";
import type { Index, Told } from "../data";
import { LEVEL_WORDS, levelOfRank } from "../marks";
import { useRun } from "../run";
import { Lamp, tone } from "../ui/lamp";
import { Mark } from "../ui/mark";
import { Table } from "../ui/table";
import { Words } from "../ui/words";
import { count, number } from "../words";

const WORST = 6;

/** The verdict in a sentence, the poll, what was judged and what could not be. */
export function Overview() {
  const { index } = useRun();
  const [first, ...others] = inShort(index);
  const when = Object.fromEntries(index.judged);
  return (
    <>
      <header class={`mast ${tone(index.verdict)}`}>
        <p class="aside">{[index.site, when.finished].filter(Boolean).join(" · ")}</p>
        <h1>{index.verdict}</h1>
        <p class="why">
          <Words text={first ?? ""} />
        </p>
        {others.map((sentence) => (
          <p key={sentence}>
            <Words text={sentence} />
          </p>
        ))}
      </header>
      <div class="columns">
        <div>
          <Poll />
          <Worst />
          {index.told.map((told) => (
            <Sentences key={told.title} {...told} />
          ))}
        </div>
        <div class="beside">
          <NotJudged />
          {index.signOffs.map((told) => (
            <Sentences key={told.title} {...told} />
          ))}
          {index.notes.length > 0 && <Sentences title="Notes" sentences={index.notes} />}
          <section>
            <h2>What was judged</h2>
            <dl class="pairs">
              {index.judged.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </>
  );
}

/** The verdict in one sentence, then the sentences of the verdict itself. */
function inShort({ verdict, counts, totals, sentences }: Index): string[] {
  if (verdict !== "NO-GO" || counts.blocking === 0) {
    return sentences;
  }
  const blocking = count(counts.blocking, "finding");
  const because = `with ${count(totals.blocking, "cause")}`;
  return [`${blocking} ${because} ${counts.blocking === 1 ? "blocks" : "block"} the launch.`, ...sentences];
}

function Poll() {
  const { index } = useRun();
  return (
    <section>
      <h2>The poll</h2>
      <Table heads={["owner", "says", "because of"]} class="poll" unseen>
        {index.poll.map((row) => (
          <tr key={row.owner}>
            <th scope="row">
              <a href={href("findings", { owner: row.owner })}>{row.owner}</a>
            </th>
            <td>
              <Lamp verdict={row.verdict} />
            </td>
            <td>{row.words}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Worst() {
  const { index } = useRun();
  const { causes, totals } = index;
  if (causes.length === 0) {
    return (
      <section>
        <h2>Findings</h2>
        <p>None.</p>
      </section>
    );
  }
  return (
    <section>
      <h2>
        What to look at first <small>{count(totals.causes, "cause")}</small>
      </h2>
      <ul class="brief">
        {causes.slice(0, WORST).map((cause) => (
          <li key={cause.id}>
            <Mark level={levelOfRank(cause.rank)} />
            <div>
              <a href={href("findings", { cause: cause.id })}>{cause.message}</a>
              <p class="aside">
                {[cause.owner, cause.policy, cause.pages ? count(cause.pages, "page") : "the site"].join(" · ")}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {totals.causes > WORST && (
        <p>
          <a href={href("findings")}>All {number(totals.causes)} causes</a>
        </p>
      )}
    </section>
  );
}

/** What a GO would not speak about. */
function NotJudged() {
  const { coverage, policies, rendered } = useRun().index;
  const untold = policies.filter((policy) => policy.cannot_tell > 0);
  const failed = coverage.counts.failed ?? 0;
  const excluded = coverage.counts.excluded ?? 0;
  const leftOut = coverage.counts["left-out"] ?? 0;
  const read = rendered ? (coverage.counts.represented ?? 0) : (coverage.counts.measured ?? 0);
  return (
    <section>
      <h2>What could not be judged</h2>
      {failed + excluded + leftOut + read + untold.length === 0 ? (
        <p>Every page that was found was measured, and every policy that applies could be judged.</p>
      ) : (
        <ul class="brief">
          {failed > 0 && (
            <li>
              <Mark level="unmeasured" label={false} />
              <a href={href("ledgers")}>
                {count(failed, "address", "addresses")} {LEVEL_WORDS.unmeasured}
              </a>
            </li>
          )}
          {read > 0 && (
            <li>
              <Mark level="read" label={false} />
              <a href={href("ledgers")}>{count(read, "page")} read, not rendered</a>
            </li>
          )}
          {leftOut > 0 && (
            <li>
              <Mark level="left-out" label={false} />
              <a href={href("ledgers")}>
                {count(leftOut, "page")} {LEVEL_WORDS["left-out"]}
              </a>
            </li>
          )}
          {excluded > 0 && (
            <li>
              <Mark level="excluded" label={false} />
              <a href={href("ledgers")}>
                {count(excluded, "address", "addresses")} {LEVEL_WORDS.excluded}
              </a>
            </li>
          )}
          {untold.map((policy) => (
            <li key={policy.id}>
              <Mark level="unmeasured" label={false} />
              <span>
                <code>{policy.id}</code> could not tell about {count(policy.cannot_tell, "document")}
                {policy.why ? `: ${policy.why}` : ""}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function Sentences({ title, sentences }: Told) {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="sentences">
        {sentences.map((sentence) => (
          <li key={sentence}>
            <Words text={sentence} />
          </li>
        ))}
      </ul>
    </section>
  );
}
