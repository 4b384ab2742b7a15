import { ascending, group, max, quantileSorted } from "d3-array";
import { scaleLinear } from "d3-scale";
import { useMemo } from "preact/hooks";
import type { PageLine } from "../data";
import { number } from "../words";
import { Scroll } from "./scroll";

const TEMPLATES = 12; // rows, of the templates with the most pages
const WIDTH = 400;
const HEIGHT = 22;

interface Props {
  title: string;
  about: string;
  pages: readonly PageLine[];
  value: (page: PageLine) => number | null | undefined;
  said: (value: number) => string;
}

interface Row {
  template: string;
  values: number[];
}

/** How a figure is spread over the pages of each template: line from least to most, box over the middle half. */
export function Distribution({ title, about, pages, value, said }: Props) {
  const rows = useMemo(() => rowsOf(pages, value), [pages]);
  if (rows.length === 0) {
    return null;
  }
  const x = scaleLinear([0, max(rows, (row) => row.values.at(-1)) || 1], [2, WIDTH - 2]);
  return (
    <section>
      <h2>
        {title} <small>{about}</small>
      </h2>
      <Scroll label={title}>
        <table class="distribution">
          <thead>
            <tr>
              <th scope="col">template</th>
              <th scope="col" class="n">
                pages
              </th>
              <th scope="col" class="n">
                least
              </th>
              <th scope="col" class="n">
                median
              </th>
              <th scope="col" class="n">
                most
              </th>
              <th scope="col">0 to {said(x.domain()[1] ?? 0)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, TEMPLATES).map((row) => (
              <Line key={row.template} row={row} x={x} said={said} />
            ))}
          </tbody>
        </table>
      </Scroll>
      {rows.length > TEMPLATES && <p class="aside">and {number(rows.length - TEMPLATES)} templates with fewer pages</p>}
    </section>
  );
}

function rowsOf(pages: readonly PageLine[], value: Props["value"]): Row[] {
  const known = pages.filter((page) => typeof value(page) === "number");
  return [...group(known, (page) => page.template ?? "(none)")]
    .map(([template, members]) => ({ template, values: members.map((page) => value(page) ?? 0).sort(ascending) }))
    .sort((one, other) => other.values.length - one.values.length);
}

function Line({ row, x, said }: { row: Row; x: (value: number) => number; said: Props["said"] }) {
  const at = (share: number) => quantileSorted(row.values, share) ?? 0;
  const [least, low, middle, high, most] = [0, 0.25, 0.5, 0.75, 1].map(at) as [number, number, number, number, number];
  return (
    <tr>
      <th scope="row">{row.template}</th>
      <td class="n">{number(row.values.length)}</td>
      <td class="n">{said(least)}</td>
      <td class="n">{said(middle)}</td>
      <td class="n">{said(most)}</td>
      <td>
        <svg class="box" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="line" d={`M${x(least)} 11H${x(most)}M${x(least)} 7v8M${x(most)} 7v8`} />
          <rect x={x(low)} y="5" width={Math.max(1, x(high) - x(low))} height="12" />
          <path class="middle" d={`M${x(middle)} 2v18`} />
        </svg>
      </td>
    </tr>
  );
}
