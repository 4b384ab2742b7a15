// Numbers and small phrases.

const NUMBERS = new Intl.NumberFormat("en");

export function number(value: number): string {
  return NUMBERS.format(value);
}

/** "1 page", "2 pages". */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return "–";
  }
  return value < 1_000_000 ? `${number(Math.round(value / 1000))} kB` : `${(value / 1_000_000).toFixed(1)} MB`;
}

export function milliseconds(value: number | null | undefined): string {
  if (value === null || value === undefined) {
    return "–";
  }
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** A share for people: what is not all of it is never told as all of it. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  const honest = (rounded === 100) === (share === 1) && (rounded === 0) === (share === 0);
  return `${honest ? rounded : Number((100 * share).toPrecision(4))} %`;
}

/** "1,240 clicks and 31 conversions a month"; empty where there are none. */
export function atRisk(clicks: number, conversions: number): string {
  const said = [
    Math.round(clicks) ? count(Math.round(clicks), "click") : "",
    Math.round(conversions) ? count(Math.round(conversions), "conversion") : "",
  ].filter(Boolean);
  return said.length ? `${said.join(" and ")} a month` : "";
}
