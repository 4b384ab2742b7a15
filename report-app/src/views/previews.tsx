import type { JsonObject } from "../data";
import { at } from "../values";

const TITLE = 60; // characters that a search result shows, about
const DESCRIPTION = 155;

/** The page as a searcher would see it. */
export function SearchResult({ facts, path }: { facts: JsonObject; path: string }) {
  const title = text(at(facts, "title", "text")) || "(no title)";
  const said = text(at(facts, "description", "text"));
  const host = hostOf(text(at(facts, "url")));
  const hidden = at(facts, "indexable") === false;
  return (
    <figure class="preview">
      <figcaption>search result{hidden && ", if it could be indexed"}</figcaption>
      <div class="result">
        <p class="result-where">
          {host}
          {path
            .split("/")
            .filter(Boolean)
            .map((part) => ` › ${part}`)}
        </p>
        <p class="result-title">{cut(title, TITLE)}</p>
        <p class="result-text">
          {said ? cut(said, DESCRIPTION) : "No description: the search engine chooses a passage of the page."}
        </p>
      </div>
    </figure>
  );
}

/** The page as a card in a message or a feed. */
export function SocialCard({ facts, path }: { facts: JsonObject; path: string }) {
  const of = (name: string) => text(at(facts, "social", "og", name));
  const title = of("title") || text(at(facts, "title", "text")) || path;
  const image = at(facts, "social", "image");
  const size = ["width", "height"].map((name) => at(image ?? null, name)).filter((one) => typeof one === "number");
  const broken = at(image ?? null, "status") !== 200;
  return (
    <figure class="preview">
      <figcaption>social card</figcaption>
      <div class="card">
        <div class="card-image">
          {/* No request leaves this file, so the picture itself is not shown. */}
          {of("image") ? (
            <span>
              {broken ? "picture that does not answer" : "picture"}
              {size.length === 2 && ` ${size.join(" × ")}`}
              <br />
              <code>{of("image")}</code>
            </span>
          ) : (
            <span>no picture</span>
          )}
        </div>
        <p class="aside">{hostOf(text(at(facts, "url")))}</p>
        <p class="card-title">{cut(title, 80)}</p>
        <p class="aside">{cut(of("description") || text(at(facts, "description", "text")), 120)}</p>
      </div>
    </figure>
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function hostOf(address: string): string {
  return address.replace(/^https?:\/\//, "").split("/", 1)[0] ?? "";
}

function cut(value: string, length: number): string {
  return value.length <= length ? value : `${value.slice(0, length).replace(/\s+\S*$/, "")} …`;
}
