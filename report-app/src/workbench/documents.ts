import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { PageFacts, PageLine } from "../data";
import { hasFacts } from "../marks";
import { part } from "../parts";
import type { Facts, Json, Kind, Workbench } from "./data";

// The documents that the report holds whole: rules are tried on them, and on no others.

const AT_ONCE = 50;

export interface Held {
  bench: Workbench;
  pages: Facts[];
  /** Pages that were measured, and of which the report holds only a line. */
  others: number;
}

export const HeldContext = createContext<Held | undefined>(undefined);

export function useHeld(): Held {
  const held = useContext(HeldContext);
  if (!held) {
    throw new Error("a part of the workbench stands outside of it");
  }
  return held;
}

/** The documents of a kind. */
export function documentsOf(held: Held, kind: Kind): Facts[] {
  return kind === "page" ? held.pages : held.bench.site ? [held.bench.site] : [];
}

/** Returns everything that the workbench needs, and undefined until it is there. */
export function useLoaded(lines: readonly PageLine[] | undefined): Held | undefined {
  const [held, setHeld] = useState<Held>();
  useEffect(() => {
    let wanted = true;
    if (lines) {
      load(lines).then((found) => wanted && setHeld(found));
    }
    return () => {
      wanted = false;
    };
  }, [lines]);
  return held;
}

async function load(lines: readonly PageLine[]): Promise<Held> {
  const bench = await part<Workbench>("workbench");
  if (!bench) {
    throw new Error("the file carries no workbench");
  }
  const full = lines.flatMap((line, number) => (line.full ? [number] : []));
  const pages: Facts[] = [];
  for (let at = 0; at < full.length; at += AT_ONCE) {
    const read = await Promise.all(full.slice(at, at + AT_ONCE).map((number) => part<PageFacts>(`page-${number}`)));
    pages.push(...read.flatMap((about) => (about ? [whole(about, bench.config)] : [])));
  }
  const measured = lines.filter(hasFacts).length;
  return { bench, pages, others: measured - pages.length };
}

/** A document as the run holds it: what all of them have alike is carried once. */
function whole(about: PageFacts, config: Json | null): Facts {
  return { ...(about.facts as unknown as Facts), kind: "page", config };
}
