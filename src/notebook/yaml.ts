import * as v from "valibot";
import { isMap, isScalar, LineCounter, parseDocument } from "yaml";
import { Failure, type FailurePlace, Failures } from "../failure.ts";
import { nearest } from "../nearest.ts";

/**
 * Reads a YAML text and checks it against a schema, faults with the place in the file they stand in.
 *
 * @param firstLine of the text in the file, from 1
 * @throws Failures: `yaml-invalid`, `unknown-key` (with the nearest known key), `value-invalid`
 */
export function parseYaml<T>(text: string, schema: v.GenericSchema<unknown, T>, file: string, firstLine: number): T {
  return parseYamlPlaced(text, schema, file, firstLine).value;
}

/** parseYaml, and where each key stands; for one that is not there, where the nearest key above it does. */
export function parseYamlPlaced<T>(
  text: string,
  schema: v.GenericSchema<unknown, T>,
  file: string,
  firstLine: number,
): { value: T; placeOf: (keys: readonly (string | number)[]) => FailurePlace } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const lines = text.split("\n");
  const place = (offset: number): FailurePlace => {
    const { line, col } = counter.linePos(offset);
    return { file, line: firstLine + line - 1, column: col, text: lines[line - 1] ?? "" };
  };
  if (document.errors.length > 0)
    throw new Failures(
      document.errors.map(error => new Failure("yaml-invalid", { reason: error.message }, place(error.pos[0]))),
    );

  const parsed = v.safeParse(schema, document.toJS() ?? {});
  const placeOf = (keys: readonly (string | number)[]) => place(offsetOf(document.contents, keys));
  if (parsed.success) return { value: parsed.output, placeOf };
  throw new Failures(
    parsed.issues.map(issue => {
      const keys = (issue.path ?? []).map(item => item.key as string | number);
      const at = placeOf(keys);
      const name = keys.join(".");
      if (issue.type === "strict_object" && issue.expected === "never")
        return new Failure("unknown-key", { name, hint: nearest(String(keys.at(-1)), knownKeys(schema, keys)) }, at);
      if (issue.received === "undefined") return new Failure("key-missing", { name }, at);
      return new Failure(
        "value-invalid",
        { name, expected: issue.expected ?? issue.type, received: issue.received },
        at,
      );
    }),
  );
}

/** Where a key stands in the text; the nearest existing parent for a missing one. */
function offsetOf(root: unknown, keys: readonly (string | number)[]): number {
  let node = root;
  let offset = 0;
  for (const key of keys) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && item.key.value === key);
      if (!pair) break;
      offset = (pair.key as { range?: [number, number, number] }).range?.[0] ?? offset;
      node = pair.value;
    } else {
      const item = (node as { items?: unknown[] } | null)?.items?.[Number(key)];
      if (!item) break;
      offset = (item as { range?: [number, number, number] }).range?.[0] ?? offset;
      node = item;
    }
  }
  return offset;
}

/** The keys that the schema knows where `keys` points. */
function knownKeys(schema: unknown, keys: readonly (string | number)[]): string[] {
  let current = schema as
    | { entries?: Record<string, unknown>; value?: unknown; wrapped?: unknown; item?: unknown }
    | undefined;
  for (const key of keys.slice(0, -1)) {
    while (current?.wrapped) current = current.wrapped as typeof current;
    current = (current?.entries?.[String(key)] ?? current?.value ?? current?.item) as typeof current;
  }
  while (current?.wrapped) current = current.wrapped as typeof current;
  return Object.keys(current?.entries ?? {});
}
