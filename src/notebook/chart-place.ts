import { isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { Failure, FailurePlace } from "../failure.ts";
import type { ChartCell } from "./notebook.ts";

/**
 * Where in a chart cell a failure of drawing it most likely stands: at the key or value that it names, else at the cell's
 * first line. Vega-Lite itself knows no lines.
 */
export function chartPlace(cell: ChartCell, { params, place }: Failure): FailurePlace {
  const part = `chart ${cell.name}`;
  const words = scalarsOf(cell.text);
  const named = ["field", "key", "table", "what"].flatMap(name =>
    params[name] === undefined ? [] : [String(params[name])],
  );
  const quoted = [...String(params.detail ?? "").matchAll(/["'“]([^"'”]+)["'”]/g)].map(found => found[1]!);
  for (const name of [...named, ...quoted, ...String(params.detail ?? "").split(/[^\p{L}\p{N}_-]+/u)]) {
    const found = words.get(name);
    if (found) return { ...place, file: cell.file, line: cell.line + found.line - 1, column: found.column, part };
  }
  return { ...place, file: cell.file, line: cell.line, part };
}

/** Each key and value of a YAML text that is one word, where it stands first; values before keys of the same text. */
function scalarsOf(text: string): Map<string, { line: number; column: number }> {
  const counter = new LineCounter();
  const values = new Map<string, { line: number; column: number }>();
  const keys = new Map<string, { line: number; column: number }>();
  visit(parseDocument(text, { lineCounter: counter }), {
    Scalar(key, node) {
      if (!isScalar(node) || !node.range) return;
      const found = key === "key" ? keys : values;
      const { line, col } = counter.linePos(node.range[0]);
      const name = String(node.value);
      if (!found.has(name)) found.set(name, { line, column: col });
    },
  });
  return new Map([...keys, ...values]);
}
