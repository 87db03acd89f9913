import * as v from "valibot";
import type { Comparator } from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { readDataFile } from "./data-file.ts";
import { WordTable, wordSet } from "./word-table.ts";

/** How a unit behaves in the grammar; data/lexicon/units.yaml explains each. */
export type UnitKind = "count" | "measure" | "money" | "share" | "time" | "label";

export interface Unit {
  /** As normalised in a measure. */
  unit: string;
  kind: UnitKind;
  /** May follow a number in Chinese characters. */
  spoken: boolean;
  /** Continuations that make it part of another word: 3家庭. */
  notBefore: WordTable<true> | null;
  /** Words of the clause that make the number a name: 公交88路. */
  notNear: WordTable<true> | null;
}

/** The words of the grammar, from data/lexicon/*.yaml. */
export interface Lexicon {
  units: WordTable<Unit>;
  digits: ReadonlyMap<string, number>;
  powers: ReadonlyMap<string, number>;
  rangeMarks: WordTable<true>;
  /** What follows 成 and makes it no tenth: 三成员. */
  tenthNotBefore: WordTable<true>;
  comparators: {
    before: WordTable<Comparator>;
    distant: WordTable<Comparator>;
    between: WordTable<Comparator>;
    after: WordTable<Comparator>;
    /** 上千, 上万: before a round number only. */
    roundBefore: WordTable<Comparator>;
    /** 超, 高于: with a yardstick (较去年, 高于平均水平) they lead to the amount of a difference. */
    exceeding: WordTable<true>;
    yardsticks: WordTable<true>;
    /** 占比, 比重: 比 that compares nothing. */
    comparedNot: WordTable<true>;
    /** What stands before a short comparator and makes it part of another word: 商超. */
    notAfter: ReadonlyMap<string, WordTable<true>>;
  };
  rates: {
    whom: WordTable<string>;
    time: WordTable<string>;
    average: WordTable<string>;
    /** Counts that no average is made of. */
    heads: WordTable<true>;
    group: WordTable<true>;
    groupHead: WordTable<string>;
    events: WordTable<true>;
    bareGroup: WordTable<string>;
    shortGroup: WordTable<string>;
    quantityNouns: WordTable<true>;
  };
  /** Figures that are names, and bounds that only define who is meant. */
  names: Record<Exclude<keyof v.InferOutput<typeof namesFile>, "self_count_pairs">, WordTable<true>>;
  /** 共10件29项: the unit of the first count to that of the second. */
  selfCountPairs: ReadonlyMap<string, string>;
  roles: Record<keyof v.InferOutput<typeof rolesFile>, WordTable<true>>;
  /** What a number is, by the words around it: data/lexicon/kinds.yaml. */
  kinds: {
    flow: WordTable<true>;
    /** Verbs that a name may begin with, where one of nameTails follows. */
    flowOrName: WordTable<true>;
    nameTails: WordTable<true>;
    stock: WordTable<true>;
    severalYears: WordTable<true>;
    thisYear: WordTable<true>;
    flowUnits: WordTable<true>;
    rateUnits: WordTable<true>;
  };
  /** By what two numbers of one item are paired: data/lexicon/pairing.yaml. */
  pairing: { notCounted: WordTable<true>; begun: WordTable<true> };
}

const words = v.array(v.pipe(v.string(), v.minLength(1)));
const comparator = v.picklist([">=", ">", "=", "~", "<=", "<"]);
const byComparator = v.record(comparator, words);
const mapping = v.record(v.string(), v.string());

const unitsFile = v.strictObject({
  groups: v.array(
    v.strictObject({
      kind: v.picklist(["count", "measure", "money", "share", "time", "label"]),
      spoken: v.optional(v.boolean(), false),
      words: v.array(v.union([v.pipe(v.string(), v.minLength(1)), mapping])),
    }),
  ),
  not_before: v.record(v.string(), words),
  not_near: v.record(v.string(), words),
});
const comparatorsFile = v.strictObject({
  before: byComparator,
  distant: words,
  between: byComparator,
  after: byComparator,
  round_before: byComparator,
  exceeding: words,
  yardsticks: words,
  compared_not: words,
  not_after: v.record(v.string(), words),
});
const ratesFile = v.strictObject({
  whom: mapping,
  time: mapping,
  average: mapping,
  heads: words,
  group: words,
  group_head: mapping,
  events: words,
  bare_group: mapping,
  short_group: mapping,
  quantity_nouns: words,
});
const namesFile = v.strictObject({
  names: words,
  self_counts: words,
  self_count_units: words,
  self_things: words,
  self_count_pairs: mapping,
  defined_classes: words,
  bound_units: words,
  not_classes: words,
  size_bounds: words,
  list_summaries: words,
  no_amount_after: words,
  abstract_nouns: words,
});
const rolesFile = v.strictObject({
  from: words,
  earlier: words,
  change: words,
  to: words,
  plan: words,
  plan_verbs: words,
  done: words,
  compared: words,
  plan_not: words,
  ahead: words,
  past: words,
  past_lead: words,
  past_not: words,
  year_not: words,
  present: words,
  attained: words,
  each: words,
  each_not: words,
  distribute: words,
  respectively: words,
  deliver: words,
  one_verbs: words,
  one_loose: words,
  counted_time: words,
  counted_time_units: words,
  subject_lead: words,
  subject_tail: words,
  subject_words: words,
  not_after: words,
  cell_labels: words,
  share_heads: words,
});
const kindsFile = v.strictObject({
  flow: words,
  flow_or_name: words,
  name_tails: words,
  stock: words,
  several_years: words,
  this_year: words,
  flow_units: words,
  rate_units: words,
});
const pairingFile = v.strictObject({ not_counted: words, begun: words });
const numeralsFile = v.strictObject({
  digits: v.record(v.string(), v.pipe(v.number(), v.integer())),
  powers: v.record(v.string(), v.pipe(v.number(), v.integer())),
  range: words,
  tenth_not_before: words,
});

/**
 * Reads the lexicon; a workspace may replace any of its files (data/lexicon/units.yaml …).
 * @throws Failure `data-syntax`, `data-value` with file and line
 */
export function loadLexicon(workspace: Workspace): Lexicon {
  const read = <Schema extends v.GenericSchema>(name: string, schema: Schema) =>
    readDataFile(workspace.file("data", `lexicon/${name}.yaml`), schema);
  const units = read("units", unitsFile);
  const comparators = read("comparators", comparatorsFile);
  const rates = read("rates", ratesFile);
  const { self_count_pairs: pairs, ...nameLists } = read("names", namesFile);
  const roles = read("roles", rolesFile);
  const numerals = read("numerals", numeralsFile);
  const kinds = read("kinds", kindsFile);
  const pairing = read("pairing", pairingFile);

  const before = comparatorTable(comparators.before);
  return {
    units: unitTable(units),
    digits: new Map(Object.entries(numerals.digits)),
    powers: new Map(Object.entries(numerals.powers)),
    rangeMarks: wordSet(numerals.range),
    tenthNotBefore: wordSet(numerals.tenth_not_before),
    comparators: {
      before,
      distant: new WordTable(comparators.distant.map(word => [word, before.get(word) ?? "="] as const)),
      between: comparatorTable(comparators.between),
      after: comparatorTable(comparators.after),
      roundBefore: comparatorTable(comparators.round_before),
      exceeding: wordSet(comparators.exceeding),
      yardsticks: wordSet(comparators.yardsticks),
      comparedNot: wordSet(comparators.compared_not),
      notAfter: new Map(Object.entries(comparators.not_after).map(([word, list]) => [word, wordSet(list)])),
    },
    rates: {
      whom: new WordTable(Object.entries(rates.whom)),
      time: new WordTable(Object.entries(rates.time)),
      average: new WordTable(Object.entries(rates.average)),
      heads: wordSet(rates.heads),
      group: wordSet(rates.group),
      groupHead: new WordTable(Object.entries(rates.group_head)),
      events: wordSet(rates.events),
      bareGroup: new WordTable(Object.entries(rates.bare_group)),
      shortGroup: new WordTable(Object.entries(rates.short_group)),
      quantityNouns: wordSet(rates.quantity_nouns),
    },
    names: tables(nameLists),
    selfCountPairs: new Map(Object.entries(pairs)),
    roles: tables(roles),
    kinds: {
      flow: wordSet(kinds.flow),
      flowOrName: wordSet(kinds.flow_or_name),
      nameTails: wordSet(kinds.name_tails),
      stock: wordSet(kinds.stock),
      severalYears: wordSet(kinds.several_years),
      thisYear: wordSet(kinds.this_year),
      flowUnits: wordSet(kinds.flow_units),
      rateUnits: wordSet(kinds.rate_units),
    },
    pairing: { notCounted: wordSet(pairing.not_counted), begun: wordSet(pairing.begun) },
  };
}

function tables<Name extends string>(lists: Record<Name, string[]>): Record<Name, WordTable<true>> {
  const entries = Object.entries<string[]>(lists).map(([name, list]) => [name, wordSet(list)] as const);
  return Object.fromEntries(entries) as Record<Name, WordTable<true>>;
}

function unitTable(file: v.InferOutput<typeof unitsFile>): WordTable<Unit> {
  const entries: [string, Unit][] = [];
  for (const { kind, spoken, words } of file.groups)
    for (const word of words) {
      const spellings = typeof word === "string" ? [[word, word] as const] : Object.entries(word);
      for (const [written, unit] of spellings) {
        const not = file.not_before[written];
        const near = file.not_near[written];
        const notBefore = not ? wordSet(not) : null;
        entries.push([written, { unit, kind, spoken, notBefore, notNear: near ? wordSet(near) : null }]);
      }
    }
  return new WordTable(entries);
}

function comparatorTable(file: v.InferOutput<typeof byComparator>): WordTable<Comparator> {
  return new WordTable(
    Object.entries(file).flatMap(([sign, list]) => (list ?? []).map(word => [word, sign as Comparator] as const)),
  );
}
