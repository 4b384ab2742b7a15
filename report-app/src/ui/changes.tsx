import type { JsonObject } from "../data";
import { isObject, shown } from "../values";
import { Scroll } from "./scroll";
import { Table } from "./table";

/** What a release changes of a page. */
export function Changes({ change }: { change: JsonObject }) {
  const rows = Object.entries(change).flatMap(([name, value]) =>
    isObject(value) && "before" in value && "after" in value && shown(value.before) !== shown(value.after)
      ? [[name, shown(value.before), shown(value.after)] as const]
      : [],
  );
  if (rows.length === 0) {
    return <p>Nothing of what is compared has changed.</p>;
  }
  return (
    <Scroll label="Before and after">
      <Table heads={["fact", "live", "this build"]} class="beside-table">
        {rows.map(([name, before, after]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{before}</td>
            <td>{after}</td>
          </tr>
        ))}
      </Table>
    </Scroll>
  );
}
