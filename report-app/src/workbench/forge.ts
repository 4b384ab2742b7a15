import type { Published } from "./data";

// The page of a forge on which a new file is written: its address can hold the name and the text.
// https://docs.github.com/repositories/working-with-files/managing-files/creating-new-files
// https://docs.gitlab.com/user/project/repository/web_editor/

/** Characters of an address; forges refuse longer ones. */
const LONGEST = 7000;

export interface NewFile {
  forge: "GitHub" | "GitLab";
  address: string;
  /** False where the text has to be pasted: it is too long for an address. */
  filled: boolean;
}

/** Returns the page for a new file; undefined where the repository, its branch or the ways of its forge are not known. */
export function newFile(published: Published | null | undefined, name: string, text: string): NewFile | undefined {
  const forge = forgeOf(published);
  if (!published || !forge) {
    return undefined;
  }
  const path = `${published.folder}${name}`;
  const base = `https://${published.host}/${inPath(published.path)}`;
  const [page, asName, asText] =
    forge === "GitHub"
      ? [`${base}/new/${inPath(published.branch)}`, "filename", "value"]
      : [`${base}/-/new/${inPath(published.branch)}`, "file_name", "content"];
  const named = `${page}?${asName}=${encodeURIComponent(path)}`;
  const whole = `${named}&${asText}=${encodeURIComponent(text)}`;
  return whole.length <= LONGEST ? { forge, address: whole, filled: true } : { forge, address: named, filled: false };
}

/** Returns the page on which a file that is there is changed. */
export function editFile(published: Published | null | undefined, name: string): Omit<NewFile, "filled"> | undefined {
  const forge = forgeOf(published);
  if (!published || !forge) {
    return undefined;
  }
  const way = forge === "GitHub" ? "edit" : "-/edit";
  const path = inPath(`${published.branch}/${published.folder}${name}`);
  return { forge, address: `https://${published.host}/${inPath(published.path)}/${way}/${path}` };
}

const FORGES = { github: "GitHub", gitlab: "GitLab" } as const;

function forgeOf(published: Published | null | undefined): "GitHub" | "GitLab" | undefined {
  if (!published?.branch || !published.forge || !/^[a-z0-9.-]+$/.test(published.host)) {
    return undefined;
  }
  return FORGES[published.forge];
}

function inPath(text: string): string {
  return text.split("/").map(encodeURIComponent).join("/");
}
