import { useEffect, useState } from "preact/hooks";
import type { Cause } from "../data";
import { whole } from "../parts";

/** The screenshot of a cause: the plain page carries it, so the file holds it once. */
export function Picture({ cause }: { cause: Cause }) {
  const [found, setFound] = useState<{ id: string; source: string; caption: string }>();
  useEffect(() => {
    let wanted = true;
    whole().then(() => {
      const figure = figureOf(cause.id);
      const source = figure?.querySelector("img")?.src;
      if (wanted && source) {
        setFound({ id: cause.id, source, caption: figure?.querySelector("figcaption")?.textContent ?? "" });
      }
    });
    return () => {
      wanted = false;
    };
  }, [cause]);
  if (found?.id !== cause.id) {
    return null;
  }
  return (
    <figure class="picture">
      <img src={found.source} alt={found.caption} />
      <figcaption>{found.caption}</figcaption>
    </figure>
  );
}

function figureOf(cause: string): Element | null {
  const article = document.getElementById(cause);
  const elsewhere = article?.querySelector<HTMLAnchorElement>(".aside a")?.getAttribute("href");
  return article?.querySelector("figure.screen") ?? (elsewhere ? document.getElementById(elsewhere.slice(1)) : null);
}
