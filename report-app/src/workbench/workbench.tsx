import "./workbench.css";
import { href } from "../address";
import { useRun } from "../run";
import { HeldContext, useLoaded } from "./documents";
import { RuleView } from "./rule";
import { SignOffView } from "./sign-off";
import { ThresholdView } from "./threshold";

const WAYS = {
  rule: { title: "A new rule", show: RuleView },
  threshold: { title: "Another limit", show: ThresholdView },
  "sign-off": { title: "A sign-off", show: SignOffView },
} as const;

/** Where somebody without Python writes a rule, moves a limit or signs: out of this file alone. */
export function WorkbenchView({ params }: { params: URLSearchParams }) {
  const { pages } = useRun();
  const held = useLoaded(pages);
  const chosen = params.get("do") ?? "rule";
  const way = chosen in WAYS ? (chosen as keyof typeof WAYS) : "rule";
  const Show = WAYS[way].show;
  return (
    <div class="bench">
      <h1>Workbench</h1>
      <nav class="ways" aria-label="What to make">
        {Object.entries(WAYS).map(([name, one]) => (
          <a key={name} href={href("workbench", { do: name })} aria-current={name === way ? "true" : undefined}>
            {one.title}
          </a>
        ))}
      </nav>
      {held ? (
        <HeldContext.Provider value={held}>
          <Show params={params} />
        </HeldContext.Provider>
      ) : (
        <p class="empty" role="status">
          Reading the facts …
        </p>
      )}
    </div>
  );
}
