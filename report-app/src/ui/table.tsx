import type { ComponentChildren } from "preact";

/** The name of a column; a column of numbers is set to the right. */
export type Head = string | { number: string };

interface Props {
  heads: readonly Head[];
  class?: string;
  /** Whether the names are for those only who do not see the table. */
  unseen?: boolean;
  /** Its rows. */
  children: ComponentChildren;
}

/** A table with the names of its columns; who hears it is told the column of each cell. */
export function Table({ heads, class: kind, unseen = false, children }: Props) {
  return (
    <table class={kind}>
      <thead class={unseen ? "sr" : undefined}>
        <tr>
          {heads.map((head) =>
            typeof head === "string" ? (
              <th scope="col" key={head}>
                {head}
              </th>
            ) : (
              <th scope="col" key={head.number} class="n">
                {head.number}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
