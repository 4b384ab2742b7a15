import { href } from "../address";
import { useRun } from "../run";
import { count, number } from "../words";
import { useHeld } from "./documents";

const SHOWN = 100;

/** Pages under a heading, open where there are few. */
export function Paths({ title, paths, open = false }: { title: string; paths: readonly string[]; open?: boolean }) {
  const { pages } = useRun();
  const known = new Set(pages?.map((page) => page.path));
  if (paths.length === 0) {
    return null;
  }
  return (
    <details class="paths" open={open}>
      <summary>
        {title} <small>{number(paths.length)}</small>
      </summary>
      <ul>
        {paths.slice(0, SHOWN).map((path) => (
          <li key={path}>
            {known.has(path) ? <a href={href("pages", { page: path })}>{path}</a> : path || "the site"}
          </li>
        ))}
      </ul>
      {paths.length > SHOWN && <p class="aside">and {number(paths.length - SHOWN)} more</p>}
    </details>
  );
}

/** How much of the run the answer is about: what was not looked at is never told as a pass. */
export function NotLookedAt({ command }: { command: string }) {
  const { others } = useHeld();
  if (others === 0) {
    return null;
  }
  return (
    <p class="aside">
      {count(others, "further page")} of this run {others === 1 ? "is" : "are"} not in this file with all facts, so not
      looked at here. <code>{command}</code> looks at all of them, and so does the check of a pull request.
    </p>
  );
}
