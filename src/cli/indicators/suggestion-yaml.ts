import { stringify } from "yaml";
import type { Catalogue } from "../../measures/catalogue.ts";
import type { Figure } from "../../measures/suggest/figure.ts";
import type { Proposal } from "../../measures/suggest/propose.ts";
import type { RuleDraft } from "../../measures/suggest/rule.ts";
import type { Translate } from "../../messages/messages.ts";
import type { Indicator } from "../../model.ts";

/** A proposal with the rule that would carry it out and the measures which that would link. */
export interface Suggestion extends Proposal {
  rule: RuleDraft | null;
  /** Without an indicator now. */
  links: string[];
  /** Of indicators that would stand after it: an earlier rule goes before theirs. */
  takes: string[];
  /** Common words of the nearest pairs, in the order of `near`. */
  words: string[][];
}

/**
 * Suggestions as YAML whose only content are new indicators, indented to stand below `indicators:`; all else is comment.
 *
 * @param hidden number of groups that are not shown
 * @param figures of the whole warehouse, for the count
 */
export function asYaml(
  suggestions: readonly Suggestion[],
  hidden: number,
  figures: readonly Figure[],
  catalogue: Catalogue,
  t: Translate,
): string {
  const say = (name: string, params = {}) => t(`cli.indicators.suggest.${name}`, params);
  const without = figures.filter(({ indicatorId }) => indicatorId === null).length;
  const ids = new Set(catalogue.indicators.map(({ indicatorId }) => indicatorId));
  const head = [
    say("head", { without, all: figures.length, proposals: suggestions.length }),
    say("read"),
    ...(hidden > 0 ? [say("hidden", { n: hidden })] : []),
  ];
  let number = 0;
  const parts = suggestions.map((suggestion, index) => {
    const lines = [
      `${index + 1}. ${title(suggestion, catalogue, say)}`,
      ...(suggestion.kind === "new" ? [`   ${because(suggestion, say)}`] : []),
      ...suggestion.near.map((near, at) => {
        const { figure, linked } = near;
        const common = suggestion.words[at]!;
        const reasons = [
          ...(common.length > 0 ? [say("words", { words: common.join("、") })] : []),
          figure.unit === linked.unit ? say("sameUnit") : say("otherUnit", { unit: figure.unit, other: linked.unit }),
          ...(figure.category !== null && figure.category === linked.category ? [say("sameCategory")] : []),
          ...(figure.lead !== null && figure.lead === linked.lead ? [say("sameLead")] : []),
        ].join("；");
        const name = nameOf(near.indicatorId, catalogue);
        const params = { id: near.indicatorId, name, score: near.score.toFixed(2), reasons };
        return `   ${say("near", { ...params, measure: linked.measureId, quote: oneLine(linked.clause) })}`;
      }),
      ...suggestion.figures.map(
        ({ measureId, quote, clause }) => `   ${measureId}  ${oneLine(quote)}  “${oneLine(clause)}”`,
      ),
      ...ruleLines(suggestion, say),
    ];
    const comment = lines.map(line => `# ${line}\n`).join("");
    if (suggestion.kind !== "new" || suggestion.rule === null) return comment;
    do number++;
    while (ids.has(`new-indicator-${number}`));
    return comment + newIndicator(suggestion, suggestion.rule, `new-indicator-${number}`, catalogue, say);
  });
  return [head.map(line => `# ${line}\n`).join(""), ...parts].join("\n");
}

/** What the figures of a new indicator have in common. */
function because({ figures, rule }: Suggestion, say: Translate): string {
  const common = (rule?.clause ?? []).filter(({ length }) => length === 1).flat();
  const isOne = (value: (figure: Figure) => string | null) =>
    value(figures[0]!) !== null && new Set(figures.map(value)).size === 1;
  return [
    ...(common.length > 0 ? [say("words", { words: common.join("、") })] : []),
    say("sameUnit"),
    ...(isOne(({ category }) => category) ? [say("sameCategory")] : []),
    say(isOne(({ lead }) => lead) ? "sameLead" : "otherLeads"),
  ].join("；");
}

function title({ kind, figures, cohesion, near }: Suggestion, catalogue: Catalogue, say: Translate): string {
  const documents = new Set(figures.map(({ documentId }) => documentId)).size;
  const params = { n: figures.length, documents, cohesion: (cohesion ?? 1).toFixed(2) };
  switch (kind) {
    case "join":
      return say("join", { ...params, id: near[0]!.indicatorId, name: nameOf(near[0]!.indicatorId, catalogue) });
    case "new":
      return say("new", params);
    case "single":
      return say("single", params);
    default:
      return kind satisfies never;
  }
}

/** The rule as a line of the file, with what it would link besides and what it would not. */
function ruleLines({ kind, figures, near, rule, links, takes }: Suggestion, say: Translate): string[] {
  // What is counted in another unit cannot join.
  if (kind === "single" && near[0]?.linked.unit !== figures[0]!.unit) return [];
  if (rule === null) return [`   ${say("noRule")}`];
  const own = new Set(figures.map(({ measureId }) => measureId));
  const missed = [...own].filter(id => !links.includes(id));
  const besides = links.filter(id => !own.has(id));
  return [
    ...(kind === "new"
      ? []
      : [`   ${say("rule")}`, `     - ${flow(ruleEntry(rule, near[0]?.linked.basis ?? "main"))}`]),
    ...(besides.length > 0 ? [`   ${say("besides", { measures: besides.join("、") })}`] : []),
    ...(takes.length > 0 ? [`   ${say("takes", { measures: takes.join("、") })}`] : []),
    ...(missed.length > 0 ? [`   ${say("missed", { measures: missed.join("、") })}`] : []),
  ];
}

function ruleEntry({ units, clause }: RuleDraft, basis: string): object {
  return { basis, units, clause: clause.map(alternatives => alternatives.join("|")) };
}

/**
 * A block of data/indicators.yaml. What only a person can say is left empty, and the catalogue is refused until it is
 * filled in: no report prints what nobody wrote.
 */
function newIndicator(
  { figures, near }: Suggestion,
  rule: RuleDraft,
  id: string,
  catalogue: Catalogue,
  say: Translate,
): string {
  const fields = {
    id,
    name: rule.clause[0]![0]!,
    name_en: "",
    unit: figures[0]!.unit,
    direction: "",
    theme: near[0] ? indicatorOf(near[0].indicatorId, catalogue).theme : "",
    definition: "",
  };
  const lines = [
    ...Object.entries(fields).map(([field, value]) =>
      value === ""
        ? `${field}: "" # ${say(`fill.${field}`)}`
        : stringify({ [field]: value }, { lineWidth: 0 }).trimEnd(),
    ),
    "rules:",
    `  - ${flow(ruleEntry(rule, "main"))}`,
    `bases: ${flow({ main: { kind: "", name: "" } })} # ${say("fill.basis")}`,
  ];
  return lines.map((line, index) => `${index === 0 ? "  - " : "    "}${line}\n`).join("");
}

/** `{ basis: main, units: [家], clause: [助餐点] }`, as the catalogue is written: no blanks inside brackets. */
function flow(value: object): string {
  const text = stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
  return text.replaceAll("[ ", "[").replaceAll(" ]", "]");
}

function nameOf(id: string, catalogue: Catalogue): string {
  return indicatorOf(id, catalogue).name;
}

function indicatorOf(id: string, { indicators }: Catalogue): Indicator {
  return indicators.find(({ indicatorId }) => indicatorId === id)!;
}

/** Text of a document must not end a comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u0085]+/gu, " ").trim();
}
