import { scaleLinear } from "d3-scale";
import type { Share } from "../data";
import { percent } from "../words";

const WIDTH = 180;
const HEIGHT = 36;
const EDGE = 4;

/** The course of a share over saved baselines. From nothing to all: a scale of its own would make a hundredth a fall. */
export function Course({ share, days }: { share: Share; days: string[] }) {
  const x = scaleLinear([0, share.values.length - 1], [EDGE, WIDTH - EDGE]);
  const y = scaleLinear([0, 1], [HEIGHT - EDGE, EDGE]);
  const points = share.values.flatMap((value, index) => (value === null ? [] : [{ index, value }]));
  const said = points.map(({ index, value }) => `${days[index] ?? ""} ${percent(value)}`).join(", ");
  return (
    <svg class="course" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`course: ${said}`}>
      {share.target && <path class="bound" d={`M0 ${y(share.target.least)}H${WIDTH}`} />}
      <path
        class="line"
        d={points.map(({ index, value }, at) => `${at ? "L" : "M"}${x(index)} ${y(value)}`).join("")}
      />
      {points.map(({ index, value }) => (
        <circle key={index} cx={x(index)} cy={y(value)} r="2">
          <title>{`${days[index] ?? ""}: ${percent(value)}`}</title>
        </circle>
      ))}
    </svg>
  );
}
