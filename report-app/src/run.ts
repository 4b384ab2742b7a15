import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Index, Links, PageLine } from "./data";
import { part } from "./parts";

/** What every view may read: the index is there from the start, the lines of the pages soon after. */
export interface Run {
  index: Index;
  pages: readonly PageLine[] | undefined;
  links: Links | undefined;
}

export const RunContext = createContext<Run | undefined>(undefined);

export function useRun(): Run {
  const run = useContext(RunContext);
  if (!run) {
    throw new Error("a view stands outside of the report");
  }
  return run;
}

/** Returns a part, and undefined until it is there. */
export function usePart<T>(name: string): T | undefined {
  const [found, setFound] = useState<{ name: string; content: T | undefined }>();
  useEffect(() => {
    let wanted = true;
    part<T>(name).then((content) => wanted && setFound({ name, content }));
    return () => {
      wanted = false;
    };
  }, [name]);
  return found?.name === name ? found.content : undefined;
}
