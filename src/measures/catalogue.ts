import * as v from "valibot";
import { Failure, Failures } from "../failure.ts";
import {
  type BasisRelation,
  FIGURE_KINDS,
  type FigureKind,
  type Indicator,
  type IndicatorBasis,
  type MeasureContext,
  type MeasureRole,
} from "../model.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { readDataFile } from "./data-file.ts";
import type { ListWords } from "./own-words.ts";
import type { TaskWords } from "./task-figure.ts";
import { type WordTable, wordSet } from "./word-table.ts";

/** Where words of a rule are looked for. */
const RULE_PLACES = ["subject", "clause", "sentence", "text", "item"] as const;
export type RulePlace = (typeof RULE_PLACES)[number];

const written = v.pipe(v.string(), v.nonEmpty());
const entries = v.array(written);
const ruleFile = v.strictObject({
  basis: v.string(),
  units: entries,
  contexts: v.optional(v.array(v.picklist(["task", "milestone", "progress"]))),
  roles: v.optional(v.array(v.picklist(["target", "milestone", "actual", "baseline"]))),
  change: v.optional(v.boolean(), false),
  head: v.optional(entries, []),
  subject: v.optional(entries, []),
  clause: v.optional(entries, []),
  sentence: v.optional(entries, []),
  text: v.optional(entries, []),
  item: v.optional(entries, []),
  not_subject: v.optional(entries, []),
  not_clause: v.optional(entries, []),
  not_sentence: v.optional(entries, []),
  not_text: v.optional(entries, []),
  not_item: v.optional(entries, []),
});
const basisFile = v.strictObject({
  kind: v.picklist(FIGURE_KINDS),
  name: written,
  additive: v.optional(v.boolean(), false),
  with: v.optional(v.record(v.string(), v.tuple([v.picklist(["comparable", "with_note"]), written])), {}),
  also: v.optional(v.record(v.string(), v.string()), {}),
});
const indicatorFile = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/)),
  name: written,
  name_en: written,
  unit: written,
  same_units: v.optional(entries, []),
  direction: v.picklist(["higher", "lower", "neutral"]),
  theme: written,
  definition: written,
  rules: v.pipe(v.array(ruleFile), v.minLength(1)),
  bases: v.record(v.string(), basisFile),
});
const catalogueFile = v.strictObject({
  change_words: v.optional(entries, []),
  list_verbs: v.optional(entries, []),
  part_words: v.optional(entries, []),
  begun_words: v.optional(entries, []),
  compared_words: v.optional(entries, []),
  stock_words: v.optional(entries, []),
  left_words: v.optional(entries, []),
  narrowing_words: v.optional(entries, []),
  head_tails: v.optional(entries, []),
  place_words: v.optional(entries, []),
  reach_words: v.optional(entries, []),
  indicators: v.optional(v.array(indicatorFile), []),
});

type IndicatorEntry = v.InferOutput<typeof indicatorFile> & { path: string };

/** One way in which a number is recognised as an indicator; data/indicators.yaml explains the fields. */
export interface Rule {
  indicatorId: string;
  basis: string;
  units: ReadonlySet<string>;
  contexts: ReadonlySet<MeasureContext> | null;
  roles: ReadonlySet<MeasureRole> | null;
  change: boolean;
  /** Of its basis: what is in place already is no figure of a flow. */
  kind: FigureKind;
  /** With one of each the thing that is counted must end; what may stand behind it is the catalogue's headTails. */
  heads: string[][];
  conditions: Condition[];
}

/** Words at one place: of each entry of `all` one alternative must occur, of `none` no alternative. */
export interface Condition {
  place: RulePlace;
  all: string[][];
  none: string[][];
}

/** The same figure stands for a basis of another indicator too: one standard for two groups. */
export interface SharedFigure {
  indicatorId: string;
  basis: string;
  alsoIndicatorId: string;
  alsoBasis: string;
}

export interface Catalogue extends ListWords, TaskWords {
  indicators: Indicator[];
  /** In the order of the file: the first that fits links a measure. */
  rules: Rule[];
  /** Before a number these make it the amount of a change, not a level. */
  changeWords: WordTable<true>;
  /** With one of these before it a change is told against another year, of any unit: 较去年增加2000人. */
  comparedWords: WordTable<true>;
  /** Before a number in a task these make it what is in place, not what the year adds: 累计建成6000个. */
  stockWords: WordTable<true>;
  /** Right before a number these say what is left to do, which is no figure of an indicator: 剩余16座. */
  leftWords: WordTable<true>;
  /** Right before a word of a rule these make it something narrower: 县城|老旧小区. */
  narrowingWords: WordTable<true>;
  /** Behind the thing that is counted these still speak of it: 老旧小区|改造. */
  headTails: WordTable<true>;
  /** A measure has one indicator; a figure that two share stands here, for views to show it under both. */
  sharedFigures: SharedFigure[];
  /** Units that mean the same for an indicator: 批 is 批次 of drugs. Indicator id to unit to the indicator's unit. */
  sameUnits: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads data/indicators.yaml, the built-in one and the workspace's. An indicator of the workspace takes the place of the
 * built-in one with its id; the others are new and stand before the built-in ones, so that their rules come first.
 * @throws Failure or Failures `data-syntax`, `data-value`, `catalogue-duplicate`, `catalogue-unknown-basis`
 */
export function loadCatalogue(workspace: Workspace): Catalogue {
  const layers = workspace.layers("data", "indicators.yaml").map(path => {
    const { indicators, ...words } = readDataFile(path, catalogueFile);
    return { ...words, indicators: indicators.map((entry): IndicatorEntry => ({ ...entry, path })) };
  });
  const indicators = layers.map(layer => layer.indicators).reduce(joinIndicators);
  const words = (key: Exclude<keyof v.InferOutput<typeof catalogueFile>, "indicators">) =>
    wordSet(new Set(layers.flatMap(layer => layer[key])));
  const problems = check(indicators);
  if (problems.length > 0) throw problems.length === 1 ? problems[0]! : new Failures(problems);
  return {
    indicators: indicators.map(toIndicator),
    rules: indicators.flatMap(({ id, rules, bases }) => rules.map(rule => toRule(rule, id, bases[rule.basis]!.kind))),
    changeWords: words("change_words"),
    comparedWords: words("compared_words"),
    stockWords: words("stock_words"),
    leftWords: words("left_words"),
    listVerbs: words("list_verbs"),
    partWords: words("part_words"),
    begunWords: words("begun_words"),
    narrowingWords: words("narrowing_words"),
    headTails: words("head_tails"),
    placeWords: words("place_words"),
    reachWords: words("reach_words"),
    sharedFigures: indicators.flatMap(sharedFigures),
    sameUnits: new Map(indicators.map(({ id, same_units }) => [id, same_units])),
  };
}

/** An id that one file has twice stays twice, for check to find. */
function joinIndicators(own: IndicatorEntry[], builtIn: IndicatorEntry[]): IndicatorEntry[] {
  const replaced = new Set(builtIn.map(({ id }) => id));
  return [
    ...own.filter(({ id }) => !replaced.has(id)),
    ...builtIn.flatMap(entry => {
      const instead = own.filter(({ id }) => id === entry.id);
      return instead.length > 0 ? instead : [entry];
    }),
  ];
}

/** What the schema cannot see: ids used twice, and names of bases or indicators that do not exist. */
function check(indicators: IndicatorEntry[]): Failure[] {
  const bases = new Map(indicators.map(({ id, bases }) => [id, bases]));
  const problems: Failure[] = [];
  const seen = new Set<string>();
  for (const { id, path, rules, bases: own } of indicators) {
    const unknown = (basis: string, indicator = id) =>
      problems.push(new Failure("catalogue-unknown-basis", { indicator, basis }, { file: path, part: id }));
    if (seen.has(id)) problems.push(new Failure("catalogue-duplicate", { indicator: id }, { file: path, part: id }));
    seen.add(id);
    for (const { basis } of rules) if (!own[basis]) unknown(basis);
    for (const { with: related, also } of Object.values(own)) {
      for (const basis of Object.keys(related)) if (!own[basis]) unknown(basis);
      for (const [other, basis] of Object.entries(also)) if (!bases.get(other)?.[basis]) unknown(basis, other);
    }
  }
  return problems;
}

function toRule(rule: v.InferOutput<typeof ruleFile>, indicatorId: string, kind: FigureKind): Rule {
  const alternatives = (list: string[]) => list.map(entry => entry.split("|"));
  const conditions = RULE_PLACES.map(place => ({
    place,
    all: alternatives(rule[place]),
    none: alternatives(rule[`not_${place}`]),
  }));
  return {
    indicatorId,
    basis: rule.basis,
    units: new Set(rule.units),
    contexts: rule.contexts ? new Set(rule.contexts) : null,
    roles: rule.roles ? new Set(rule.roles) : null,
    change: rule.change,
    kind,
    heads: alternatives(rule.head),
    conditions: conditions.filter(({ all, none }) => all.length + none.length > 0),
  };
}

function toIndicator(entry: IndicatorEntry): Indicator {
  const { id, name, name_en, unit, direction, theme, definition } = entry;
  return { indicatorId: id, name, nameEn: name_en, unit, direction, theme, definition, bases: toBases(entry) };
}

/** A relation is written once, at either basis, and holds both ways. */
function toBases({ bases }: IndicatorEntry): IndicatorBasis[] {
  return Object.entries(bases).map(([basis, { kind, name, additive, with: own }]) => {
    const relations = new Map<string, BasisRelation>();
    for (const [other, { with: theirs }] of Object.entries(bases))
      if (theirs[basis]) relations.set(other, { basis: other, verdict: theirs[basis][0], note: theirs[basis][1] });
    for (const [other, [verdict, note]] of Object.entries(own)) relations.set(other, { basis: other, verdict, note });
    return { basis, kind, name, additive, relations: [...relations.values()] };
  });
}

function sharedFigures({ id, bases }: IndicatorEntry): SharedFigure[] {
  return Object.entries(bases).flatMap(([basis, { also }]) =>
    Object.entries(also).map(([alsoIndicatorId, alsoBasis]) => ({
      indicatorId: id,
      basis,
      alsoIndicatorId,
      alsoBasis,
    })),
  );
}
