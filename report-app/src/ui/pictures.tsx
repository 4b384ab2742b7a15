import { useEffect, useState } from "preact/hooks";
import type { Cause } from "../data";
import { whole } from "../parts";

interface Shown {
  source: string;
  caption: string;
}

/** The screenshots of a cause, as this build is and as what is live is: the plain page carries each of them once. */
export function Pictures({ cause }: { cause: Cause }) {
  const [found, setFound] = useState<{ id: string; pictures: Shown[] }>();
  useEffect(() => {
    let wanted = true;
    whole().then(() => wanted && setFound({ id: cause.id, pictures: picturesOf(cause.id) }));
    return () => {
      wanted = false;
    };
  }, [cause]);
  if (found?.id !== cause.id || found.pictures.length === 0) {
    return null;
  }
  return (
    <div class="pictures">
      {found.pictures.map(({ source, caption }) => (
        <figure class="picture" key={caption}>
          <img src={source} alt={caption} />
          <figcaption>{caption}</figcaption>
        </figure>
      ))}
    </div>
  );
}

/** Those that the article about a cause shows, or links to where another one shows them already. */
function picturesOf(cause: string): Shown[] {
  const article = document.getElementById(cause);
  const marks = article?.querySelectorAll<HTMLElement>(':scope > .screen, :scope > .aside > a[href^="#screen-"]');
  return [...(marks ?? [])].flatMap((mark) => {
    const figure = mark instanceof HTMLAnchorElement ? document.getElementById(mark.hash.slice(1)) : mark;
    const source = figure?.querySelector("img")?.src;
    const caption = mark instanceof HTMLAnchorElement ? mark : mark.querySelector("figcaption");
    return source ? [{ source, caption: caption?.textContent ?? "" }] : [];
  });
}
