import { useLayoutEffect, useState } from "preact/hooks";

// The address bar keeps what is looked at: #/findings?owner=marketing&cause=c1-385476. So a view can be sent to somebody.

export const VIEWS = ["overview", "findings", "pages", "map", "figures", "ledgers", "workbench"] as const;
export type View = (typeof VIEWS)[number];

export interface Address {
  view: View;
  params: URLSearchParams;
}

/** Returns what `hash` names; what it does not name is the overview. */
export function read(hash: string): Address {
  const [name = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  if (/^c1-/.test(name)) {
    // Links into the plain page name a cause by its id.
    return { view: "findings", params: new URLSearchParams({ cause: name }) };
  }
  const view = VIEWS.find((one) => one === name) ?? "overview";
  return { view, params: new URLSearchParams(query) };
}

/** Returns the hash of a view; parameters without a value are left out. */
export function href(view: View, params: Record<string, string> | URLSearchParams = {}): string {
  const given = params instanceof URLSearchParams ? [...params] : Object.entries(params);
  const query = new URLSearchParams(given.filter(([, value]) => value !== "")).toString();
  return `#/${view}${query ? `?${query}` : ""}`;
}

/** Follows the address bar. */
export function useAddress(): Address {
  const [address, setAddress] = useState(() => read(location.hash));
  // Before anybody can see and click what is drawn: a later effect would miss a click.
  useLayoutEffect(() => {
    const follow = () => setAddress(read(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return address;
}

/** Changes parameters of the view that is shown, in place: what is typed into a filter is no step to go back over. */
export function change(changes: Record<string, string>): void {
  const { view, params } = read(location.hash);
  for (const [name, value] of Object.entries(changes)) {
    params.set(name, value);
  }
  history.replaceState(history.state, "", href(view, params));
  dispatchEvent(new Event("hashchange"));
}
