import { allViews, channels, fieldChannel, isDiscrete, isObject, type Json } from "./spec.ts";
import { textWidth } from "./text-width.js";
import { LABEL_SIZE } from "./theme.ts";
import { type Data, distinct, rowsFor } from "./view-data.ts";

/** A legend lies above the chart, in as many columns as fit. */
export function placeLegends(root: Json, data: Data, width: number): void {
  const offset = legendOffset(root);
  for (const view of allViews(root))
    for (const [channel, definition] of channels(view)) {
      if (!["color", "fill", "stroke", "shape", "strokeDash"].includes(channel)) continue;
      if (definition.legend === null || !isDiscrete(definition)) continue;
      const domain = isObject(definition.scale) ? definition.scale.domain : undefined;
      const names = (Array.isArray(domain) ? domain : distinct(rowsFor(view, root, data), definition.field)).map(
        String,
      );
      const widths = names.map(name => textWidth(name, LABEL_SIZE, "regular") + 40);
      const room = width - textWidth(legendTitle(definition), LABEL_SIZE, "regular");
      const fits = widths.reduce((sum, each) => sum + each, 0) <= room;
      const columns = fits ? {} : { columns: Math.max(1, Math.floor(room / Math.max(...widths))) };
      definition.legend = { ...columns, ...offset, ...(isObject(definition.legend) ? definition.legend : {}) };
    }
}

/** A legend's title stands before its entries. */
function legendTitle(definition: Json): string {
  const own = isObject(definition.legend) ? definition.legend.title : undefined;
  const title = own === undefined ? definition.title : own;
  return typeof title === "string" ? `${title}  ` : "";
}

/** A title above a y axis lies where a legend would: the legend goes above it. */
function legendOffset(root: Json): Json {
  const titled = allViews(root).some(view => {
    const y = fieldChannel(view, "y");
    return y !== null && y.title !== null && !(y.axis === null || (isObject(y.axis) && y.axis.title === null));
  });
  return titled ? { offset: LABEL_SIZE + 28 } : {};
}
