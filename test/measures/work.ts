import { WordTable } from "../../src/measures/word-table.ts";

/**
 * How much a run of the grammar does: words looked up, and characters cut out of strings or searched. It is the same on
 * every machine and under any load, as time is not.
 */
export function workOf(run: () => void): number {
  let work = 0;
  const restore = [
    counting(WordTable.prototype, "startingAt", () => work++),
    counting(WordTable.prototype, "endingAt", () => work++),
    counting(WordTable.prototype, "occursIn", ([text]) => {
      work += String(text).length;
    }),
    counting(String.prototype, "slice", (_, cut) => {
      work += String(cut).length;
    }),
    ...(["includes", "indexOf", "lastIndexOf", "split", "replace"] as const).map(name =>
      counting(String.prototype, name, (_, _result, text) => {
        work += String(text).length;
      }),
    ),
  ];
  try {
    run();
  } finally {
    for (const undo of restore) undo();
  }
  return work;
}

/** Calls `count` behind each call of a method. @returns what puts the method back */
function counting<Name extends PropertyKey>(
  prototype: { [name in Name]: unknown },
  name: Name,
  count: (given: unknown[], result: unknown, self: unknown) => void,
): () => void {
  const original = prototype[name] as (...given: unknown[]) => unknown;
  let inside = false;
  const counted = function (this: unknown, ...given: unknown[]): unknown {
    const result = Reflect.apply(original, this, given);
    if (!inside) {
      inside = true;
      count(given, result, this);
      inside = false;
    }
    return result;
  };
  prototype[name] = counted as never;
  return () => {
    prototype[name] = original as never;
  };
}
