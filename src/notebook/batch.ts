import { Failure } from "../failure.ts";
import { nearest } from "../nearest.ts";
import type { Declarer, GivenParameters } from "./parameters.ts";

/** More than anybody hands out in one go. */
const MOST_REPORTS = 10_000;

/**
 * The values of each report of a batch: for every parameter of `each` the values given, else those its declaration or
 * its query allows; of several parameters the product, the first one changing slowest.
 *
 * @throws Failure `parameter-unknown`, `each-without-values`, `each-too-many`
 */
export function batchOf(declarer: Declarer, each: readonly string[], given: GivenParameters): GivenParameters[] {
  const { params } = declarer.front;
  let reports: GivenParameters[] = [given];
  for (const name of new Set(each)) {
    if (!Object.hasOwn(params, name))
      throw new Failure("parameter-unknown", { name, hint: nearest(name, Object.keys(params)), file: declarer.file });
    const values = [...new Set(given[name] ?? params[name]!.values?.map(String) ?? [])];
    if (values.length === 0)
      throw new Failure("each-without-values", { name }, declarer.frontPlaces?.[`params.${name}`] ?? {});
    if (reports.length * values.length > MOST_REPORTS)
      throw new Failure("each-too-many", { count: reports.length * values.length, limit: MOST_REPORTS });
    reports = reports.flatMap(report => values.map(value => ({ ...report, [name]: [value] })));
  }
  return reports;
}

/**
 * File names of a batch, without ending: `annual-江门市-2024`. What no file name can hold on some system becomes `_`, and
 * of two that would be the same the second one gets a number.
 */
export function batchNames(base: string, each: readonly string[], reports: readonly GivenParameters[]): string[] {
  const taken = new Set<string>();
  return reports.map(report => {
    const values = [...new Set(each)].map(name => nameOf((report[name] ?? []).join("_")));
    const plain = [base, ...values].join("-");
    let name = plain;
    // Some file systems tell neither case nor the forms of one character apart.
    for (let number = 2; taken.has(name.normalize("NFC").toLowerCase()); number++) name = `${plain}-${number}`;
    taken.add(name.normalize("NFC").toLowerCase());
    return name;
  });
}

function nameOf(value: string): string {
  const name = value.replace(/[^\p{L}\p{N}_.-]+/gu, "_").replace(/^[.-]+|\.+$/g, "_");
  return Array.from(name).slice(0, 40).join("") || "_";
}
