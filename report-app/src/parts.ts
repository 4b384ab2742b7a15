// The documents that report.html carries: gzip as base64 in `script` elements that no browser runs.
// What it holds is written by checks/report/interactive/.

/** Returns the part called `name`; waits for the rest of the file where it is still being read. */
export async function part<T>(name: string): Promise<T | undefined> {
  const element = find(name) ?? (await whole().then(() => find(name)));
  return element ? (JSON.parse(await unpacked(element.textContent ?? "")) as T) : undefined;
}

function find(name: string): Element | null {
  const found = document.querySelector(`script[data-part="${name}"]`);
  // While the file is being read, an element may be there of which the end is not.
  return found && (found.nextSibling || document.readyState !== "loading") ? found : null;
}

/** Resolves when the whole file has been read. */
export function whole(): Promise<void> {
  if (document.readyState !== "loading") {
    return Promise.resolve();
  }
  return new Promise((resolve) => document.addEventListener("DOMContentLoaded", () => resolve(), { once: true }));
}

function unpacked(base64: string): Promise<string> {
  const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
