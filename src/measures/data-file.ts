import { readFileSync } from "node:fs";
import { basename } from "node:path";
import * as v from "valibot";
import { LineCounter, parseDocument } from "yaml";
import { Failure, Failures } from "../failure.ts";

/**
 * Reads a YAML file that people edit (lexicon, catalogue) and checks it against a schema.
 * A mistake is a Failure `data-syntax`, `data-key-unknown`, `data-key-missing` or `data-value` that points at the line;
 * several come together as Failures.
 */
export function readDataFile<Schema extends v.GenericSchema>(path: string, schema: Schema): v.InferOutput<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines });
  const file = basename(path);
  const place = (offset: number | undefined) => {
    if (offset === undefined) return { file: path };
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  // One broken line makes the parser complain about all that follow: the first is the one to mend.
  const broken = document.errors[0];
  if (broken) throw new Failure("data-syntax", { file, problem: broken.message }, place(broken.pos[0]));

  const result = v.safeParse(schema, document.toJS() ?? {});
  if (result.success) return result.output;
  throw failures(
    result.issues.map(issue => {
      const keys = (issue.path ?? []).map(part => part.key as string | number);
      const part = keys.join(".");
      const at = { ...place(offsetOf(document, keys)), part };
      if (issue.type === "strict_object" && issue.expected === "never")
        return new Failure("data-key-unknown", { file, part }, at);
      if (issue.received === "undefined") return new Failure("data-key-missing", { file, part }, at);
      const expected = issue.expected ?? issue.type;
      return new Failure("data-value", { file, part, expected, received: issue.received }, at);
    }),
  );
}

/** Where the nearest node on the way to `keys` begins: a missing key has no place of its own, its parent has. */
function offsetOf(document: ReturnType<typeof parseDocument>, keys: (string | number)[]): number | undefined {
  for (let depth = keys.length; depth > 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return undefined;
}

function failures(all: Failure[]): Failure | Failures {
  return all.length === 1 ? all[0]! : new Failures(all);
}
